"""What can be read in a text without knowing its subject: sentences, figures, dates, names, words of a list; by language."""
