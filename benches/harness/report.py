"""Figures as text: quantiles, spreads, Markdown tables, and what they were measured on."""
import datetime
import math
import os
import platform
import statistics
from importlib import metadata
from pathlib import Path


def numbers(argument):
    """The numbers of an argument such as `1,2`."""
    return [int(number) for number in argument.split(",")]


def quantile(values, fraction):
    """The smallest value that at least `fraction` of the values don't exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * fraction) - 1)]


def spread(values, form="{:,.0f}"):
    """Median, and the lowest and highest value."""
    low, middle, high = (form.format(f(values)) for f in (min, statistics.median, max))
    return f"{middle} ({low} .. {high})"


def milliseconds(seconds):
    return f"{seconds * 1e3:.1f} ms"


def table(header, rows):
    rows = [list(map(str, row)) for row in [header, *rows]]
    widths = [max(map(len, column)) for column in zip(*rows)]
    rows.insert(1, ["-" * width for width in widths])
    print()
    for row in rows:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
    print(flush=True)


def machine(*packages):
    """One line that says when and on what."""
    names = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    name = names[0] if names else platform.machine()
    versions = [f"{package} {metadata.version(package)}" for package in packages]
    print(", ".join([f"{datetime.date.today()}", name, f"{os.cpu_count()} cores", f"Python {platform.python_version()}",
                     *versions]), flush=True)
