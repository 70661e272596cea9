"""The live preview: a local page that shows a brief and follows the files it is made from.

`versions` knows what is shown and makes it anew when a file changed, `page` makes one version, `panel` says in plain data what is
told of it, `family` finds translations, `watch` hears of files, `server` answers the browser behind `guard`.
"""
