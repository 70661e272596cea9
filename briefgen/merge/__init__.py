"""Several summaries of one subject as one: sources, stakeholders and developments joined, each thing once.

In: two or more sources of summaries. Out: the text of one, in the words, the order and the comments of the first; what the others
add stands behind it, with ids that don't clash; what they say differently of the same thing is listed, never silently dropped.
Nothing is judged: a merged summary is a draft.
"""

from briefgen.merge.join import Merged, merge

__all__ = ["Merged", "merge"]
