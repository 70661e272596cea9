"""Articles in our own words, labelled sentence by sentence, and the scores of the drafter on them."""
