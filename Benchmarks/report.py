"""The results as tables for people and as a file for programs."""

import json
from statistics import median

from measures import COSTS
from servers import ROLES

REFERENCE = "C reference"

# How much more processor time than the reference netlab may take, by measure: what it is designed for.
AIMS = {"handshake": 1.1, "resumed": 1.1, "64 B": 1.25, "16 KiB": 1.1, "1 MiB": 1.1}


def summary(samples):
    """Medians of the rounds, and the median of each round's ratio to the reference: above 1 is cheaper than it."""
    result = {}
    for (role, name, measure), rounds in samples.items():
        good = {number: round_ for number, round_ in rounds.items() if "note" not in round_}
        if not good:
            entry = {"note": next(iter(rounds.values()))["note"]}
        else:
            keys = next(iter(good.values()))
            entry = {key: median(round_[key] for round_ in good.values()) for key in keys}
            yardstick = samples.get((role, REFERENCE, measure), {})
            ratios = [
                yardstick[number]["cpu_us"] / round_["cpu_us"] for number, round_ in good.items()
                if "cpu_us" in yardstick.get(number, {}) and round_["cpu_us"] > 0
            ]
            if ratios:
                entry["ratio"] = median(ratios)
        result.setdefault(role, {}).setdefault(name, {})[measure] = entry
    return result


def print_tables(costs, extras, skipped, counts):
    for role in ROLES:
        names = list(costs.get(role, {}))
        if names:
            print_costs(role, names, costs[role])
            print_client_view(names, costs[role])
    print_extras(extras, counts)
    print_aims(costs)
    for name, why in skipped:
        print(f"skipped: {name}: {why}")


def print_costs(role, names, costs):
    measures = [cost.name for cost in COSTS if any(cost.name in costs[name] for name in names)]
    print(f"\n{role}: the server's processor time per operation, and how it compares (above 1 is cheaper than C)")
    print_table(["server", *measures], [
        [name, *(cost_cell(costs[name].get(measure)) for measure in measures)] for name in names
    ])
    for name in names:
        for measure in measures:
            note = (costs[name].get(measure) or {}).get("note")
            if note:
                print(f"  {name}, {measure}: {note}")


def cost_cell(entry):
    if not entry:
        return "-"
    if "note" in entry:
        return "(see below)"
    ratio = f" {entry['ratio']:5.2f}" if "ratio" in entry else ""
    return f"{short(entry['cpu_us'])} us{ratio}"


def print_client_view(names, costs):
    rows = []
    for name in names:
        cells = [name]
        for measure, key, form in (
            ("handshake" if "handshake" in costs[name] else "connection", "per_second", "{:.0f}/s"),
            ("64 B", "p50_us", "{:.0f} us"), ("16 KiB", "megabytes_per_second", "{:.0f} MB/s"),
            ("1 MiB", "megabytes_per_second", "{:.0f} MB/s"),
        ):
            value = (costs[name].get(measure) or {}).get(key)
            cells.append("-" if value is None else form.format(value))
        rows.append(cells)
    print("  what the client saw")
    print_table(["server", "connections", "64 B", "16 KiB", "1 MiB"], rows)


def print_extras(extras, counts):
    if not extras:
        return
    print("\nIdle memory per connection, a good client beside others, system calls of a round trip of 64 B")
    header = ["role", "server", *(f"idle {count}" for count in counts), "alone", "silent", "dribbling", "calls"]
    rows = []
    for (role, name), found in extras.items():
        idle = [idle_cell(found.get(f"idle {count}"), count) for count in counts]
        rows.append([
            role, name, *idle, extra_cell(found.get("silent"), "alone_ms", "{:.1f} ms", even_with_note=True),
            extra_cell(found.get("silent"), "beside_ms", "{:.1f} ms"),
            extra_cell(found.get("dribbling"), "beside_ms", "{:.1f} ms"),
            extra_cell(found.get("calls"), "per_round_trip", "{:.1f}"),
        ])
    print_table(header, rows)


def idle_cell(entry, count):
    fewer = entry.get("connections", count) if entry else count
    return extra_cell(entry, "kilobytes", "{:.1f} kB" + (f" ({fewer})" if fewer != count else ""))


def extra_cell(entry, key, form, even_with_note=False):
    if not entry or ("note" in entry and not even_with_note):
        return (entry or {}).get("note", "-")[:24]
    return form.format(entry[key])


def print_aims(costs):
    lines = []
    for role in ROLES:
        for measure, aim in AIMS.items():
            entry = costs.get(role, {}).get("netlab", {}).get(measure, {})
            if "ratio" in entry:
                times = 1 / entry["ratio"]
                verdict = "met" if times <= aim else "MISSED"
                lines.append([role, measure, f"{times:.2f} x the reference's", f"aim {aim}", verdict])
    if lines:
        print("\nnetlab against its aims")
        print_table(["role", "measure", "processor time", "aim", ""], lines)


def print_table(header, rows):
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    for row in [header, *rows]:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def short(number):
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"


def write_json(path, machine, costs, extras, skipped, samples):
    raw = [
        {"role": role, "server": name, "measure": measure, "round": number, **numbers}
        for (role, name, measure), rounds in samples.items() for number, numbers in rounds.items()
    ]
    with open(path, "w") as file:
        json.dump({
            "machine": machine, "costs": costs,
            "extras": [{"role": role, "server": name, **found} for (role, name), found in extras.items()],
            "skipped": [{"server": name, "why": why} for name, why in skipped], "rounds": raw,
        }, file, indent=1)
        file.write("\n")
