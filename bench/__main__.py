"""``make bench``: the figures that we hold ourselves to, one line each.

``make bench ARGS="autosave drawing"`` measures only these parts: drawing, samples, sheets, replies,
curriculum, statements, autosave, talks, loading, starting, desk, impact, plans, loads. Exits with 1 when a figure
falls short.
"""

import sys

from bench.database import fresh_database
from bench.figures import Figure


def main(wanted: list[str]) -> int:
    short = 0

    def show(figure: Figure) -> None:
        nonlocal short
        short += figure.holds is False
        print(figure.line(), flush=True)

    with fresh_database():
        from bench import (
            autosave,
            desk,
            drawing,
            impact,
            loading,
            loads,
            plans,
            replies,
            samples,
            sheets,
            site,
            starting,
            statements,
            talks,
        )

        parts = {module.__name__.removeprefix("bench."): module for module in (statements, autosave, talks, loading)}
        without_content = {"drawing": drawing, "samples": samples, "sheets": sheets, "replies": replies}
        for name, module in without_content.items():
            if not wanted or name in wanted:
                for figure in module.measure():
                    show(figure)
        if not wanted or set(wanted) - set(without_content):
            show(Figure("loading the whole curriculum", site.load(), "s", most=60, places=1))
        for name, module in parts.items():
            if not wanted or name in wanted:
                for figure in module.measure():
                    show(figure)
        if not wanted or "starting" in wanted:
            for figure in starting.measure():
                show(figure)
        if not wanted or "desk" in wanted:
            for figure in desk.measure():
                show(figure)
        # The last ones, since they leave a large bank, many people and 10,000 drafts behind.
        for name, module in {"impact": impact, "plans": plans, "loads": loads}.items():
            if not wanted or name in wanted:
                for figure in module.measure():
                    show(figure)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
