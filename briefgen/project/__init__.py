"""A desk's folder: its project file, its templates over the packaged ones. The only room that knows directory names."""
