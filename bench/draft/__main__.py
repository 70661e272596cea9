"""`python -m bench.draft`: the extractive drafter scored on the labelled set; `--hidden` for the half nobody tunes on."""

from __future__ import annotations

import argparse

from bench.draft import labels, score


def main() -> None:
    """Score and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.draft", description=__doc__)
    parser.add_argument("--hidden", action="store_true", help="the hidden half: totals only, never to be tuned on")
    half = "hidden" if parser.parse_args().hidden else "dev"
    articles = labels.half(half)
    print(f"{half}: {len(articles)} articles, {sum(len(each.sentences) for each in articles)} sentences\n")
    print("| score | drafter | lead baseline |\n| --- | --- | --- |")
    for row in score.table(score.total(score.scored(each) for each in articles)):
        print("|", " | ".join(row), "|")


if __name__ == "__main__":
    main()
