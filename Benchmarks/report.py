"""The tables of a run: each measurement, with the ratios and the budgets."""

from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- begin results -->", "<!-- end results -->"


@dataclass(frozen=True)
class Row:
    name: str
    # In the order of the columns; None if not measured.
    function: float | None
    floor: float | None
    peer: float | None
    # The format of a value.
    form: str = "{:,.0f}"
    # The function's budget, as a multiple of the floor or as an absolute number.
    ratio: float | None = None
    limit: float | None = None

    def cells(self) -> list[str]:
        measured = (self.function, self.floor, self.peer)
        values = [self.form.format(value) if value is not None else "–" for value in measured]
        if self.limit is not None:
            return [self.name, *values, "", "", *self.verdict(self.function, self.limit, f"{self.limit:g}")]
        times = [quotient(self.function, other) for other in (self.floor, self.peer)]
        ratios = ["–" if each is None else f"{each:.2f}×" if each >= 0.1 else f"{each:.3f}×" for each in times]
        if self.ratio is None:
            return [self.name, *values, *ratios, "", ""]
        return [self.name, *values, *ratios, *self.verdict(times[0], self.ratio, f"{self.ratio:.2f}×")]

    @staticmethod
    def verdict(value: float, budget: float, written: str) -> list[str]:
        return [f"≤ {written}", "met" if value <= budget else f"**missed by {100 * (value / budget - 1):.0f} %**"]


@dataclass(frozen=True)
class PackageRow:
    """A measurement of the package, compared with that of another program or start."""

    name: str
    package: float
    against: str
    other: float | None = None
    form: str = "{:,.2f}"
    # The package's budget, as a multiple of the other's value or as an absolute number.
    ratio: float | None = None
    limit: float | None = None
    # Why the other isn't measured.
    missing: str = ""

    def cells(self) -> list[str]:
        times = quotient(self.package, self.other)
        ratio = "" if times is None else f"{times:.2f}×" if times >= 0.1 else f"{times:.3f}×"
        other = "" if self.other is None else self.form.format(self.other)
        cells = [self.name, self.form.format(self.package), self.against, other, ratio]
        if self.missing:
            return cells + ["" if self.ratio is None else f"≤ {self.ratio:.2f}×", f"not measured: {self.missing}"]
        if self.limit is not None:
            return cells + Row.verdict(self.package, self.limit, f"{self.limit:g}")
        if self.ratio is None:
            return cells + ["", ""]
        return cells + Row.verdict(times, self.ratio, f"{self.ratio:.2f}×")


@dataclass(frozen=True)
class KeyedRow:
    """A measurement of the function with an Idempotency-Key in every request, and of the same without."""

    name: str
    keyed: float
    plain: float
    form: str = "{:,.0f}"
    # The budget with a key, as an absolute number.
    limit: float | None = None

    def cells(self) -> list[str]:
        times = quotient(self.keyed, self.plain)
        cells = [self.name, self.form.format(self.keyed), self.form.format(self.plain)]
        if self.limit is not None:
            return cells + ["", *Row.verdict(self.keyed, self.limit, f"{self.limit:g}")]
        return cells + ["–" if times is None else f"{times:.2f}×", "", ""]


def quotient(value: float | None, other: float | None) -> float | None:
    return value / other if value is not None and other else None


def table(rows: list[Row]) -> str:
    head = ["", "function", "floor (C)", "peer (Python)", "÷ floor", "÷ peer", "budget", "verdict"]
    return aligned(head, rows)


def package_table(rows: list[PackageRow]) -> str:
    return aligned(["", "package", "compared with", "other", "ratio", "budget", "verdict"], rows)


def keyed_table(rows: list[KeyedRow]) -> str:
    return aligned(["", "with a key", "without", "ratio", "budget", "verdict"], rows)


def aligned(head: list[str], rows: list[Row] | list[PackageRow] | list[KeyedRow]) -> str:
    cells = [head, ["---", *["---:"] * (len(head) - 2), "---"], *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    lines = []
    for line in cells:
        # Names and verdicts are left-aligned, numbers right-aligned.
        padded = [cell.rjust(width) for cell, width in zip(line, widths)]
        padded[0], padded[-1] = line[0].ljust(widths[0]), line[-1].ljust(widths[-1])
        lines.append("| " + " | ".join(padded) + " |")
    return "\n".join(lines)


def write(path: Path, text: str) -> None:
    """Replaces the results between the markers, and keeps the text around them."""
    before, after = path.read_text().split(BEGIN)[0], path.read_text().split(END)[1]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
