"""The figures of “How the checker is measured”, made from what `bench.trust --store` kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bench.trust import results

FRESH, TUNED = (
    "fresh: written without sight of the rules, on texts not used before",
    "*tuned on*: rules were made with it in view",
)


def sets() -> str:
    """Return a line for each set: what it is, when it was counted, what its texts are licensed under."""
    rows = [("set", "what it is", "claims, triples, mistakes, briefs", "counted on", "texts’ licences")]
    for name, made in results.load().items():
        size = (made["honest"]["items"], made["triple"]["items"], made["bad"]["items"], made["briefs"]["items"])
        notice = f"[{'; '.join(results.licences(name))}](../bench/trust/notices/{name}.md)"
        rows.append((name, TUNED if made["tuned"] else FRESH, ", ".join(map(str, size)), made["counted"], notice))
    return results.markdown(iter(rows))


def figures() -> str:
    """Return what the aims are set for, a column for each set."""
    kept = results.load()
    tables = [list(results.main(made))[1:] for made in kept.values()]
    rows = [("what", *(f"{name} (*tuned on*)" if made["tuned"] else name for name, made in kept.items()))]
    rows += [(cells[0][0], *(cell[1] for cell in cells)) for cells in zip(*tables, strict=True)]
    return results.markdown(iter(rows))


def kinds() -> str:
    """Return how many mistakes of each kind are found: as an error, as a warning, not at all; a column for each set."""
    kept = results.load()
    names = dict.fromkeys(kind for made in kept.values() for kind in made["kinds"])
    rows = [("mistake", *(f"{name}: error, warning, silent" for name in kept))]
    for kind in names:
        found = (made["kinds"].get(kind, {"error": 0, "warning": 0, "silent": 0}) for made in kept.values())
        rows.append((kind, *(f"{row['error']}, {row['warning']}, {row['silent']}" for row in found)))
    return results.markdown(iter(rows))


BLOCKS: Mapping[str, Callable[[], str]] = {"trust-sets": sets, "trust-figures": figures, "trust-kinds": kinds}
