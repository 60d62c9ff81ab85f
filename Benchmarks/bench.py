#!/usr/bin/env python3
"""Measures netlab's servers and relays beside others. `make bench` runs it; docs/benchmarks.md explains the numbers."""

import sys

sys.dont_write_bytecode = True

import argparse
import os
import platform
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace

import measures
import report
from processes import NotStarted, Program
from servers import ROLES, Place, free_port, table

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
OTHERS = 300  # silent or dribbling clients beside a good one


class Bench:
    """What all measures share: the place, the environment of the programs, and how a server is started."""

    def __init__(self, place, files):
        self.place = place
        self.files = files  # that a process may open
        self.tools = place.tools
        self.environment = {
            **os.environ, "HOME": place.folder, "XDG_STATE_HOME": place.folder,
            "NETLAB_DATA": os.environ.get("NETLAB_DATA", ROOT),
        }

    def start(self, server):
        """Starts a server and waits until it listens."""
        port = 0 if server.chooses_port else free_port()
        command = server.command(replace(self.place, port=port))
        return Program(command, port, self.environment)


def main():
    options = read_options()
    for tool in ("openssl", os.environ.get("CC", "cc")):
        if not shutil.which(tool):
            sys.exit(f"bench: {tool} is needed and was not found. Install it, or set CC to your C compiler.")
    files = raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="netlab-bench-") as folder:
        os.chmod(folder, 0o711)
        place = Place(folder, *make_identity(folder), build_tools(options.tools), options.netlab)
        bench = Bench(place, files)
        echo = [place.tools + "/reference", "echo", "127.0.0.1:0"]
        with Program(echo, 0, bench.environment) as backend:
            place.backend = backend.port
            run(bench, options)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short rounds and fewer idle connections")
    parser.add_argument("--only", default="", help="servers whose name holds one of these, with commas between")
    parser.add_argument("--roles", default="", help="roles whose name holds one of these: TLS echo, TLS relay, ...")
    parser.add_argument("--rounds", type=int, help="rounds; the medians are shown (5, or 2 when quick)")
    parser.add_argument("--seconds", type=float, help="length of one measurement (2, or 0.2 when quick)")
    parser.add_argument("--no-costs", action="store_true", help="leave out the processor times")
    parser.add_argument("--no-extras", action="store_true", help="leave out memory, silent clients, system calls")
    parser.add_argument("--netlab", default=os.path.join(ROOT, ".build/release/netlab"), help="the netlab measured")
    parser.add_argument("--tools", default=os.path.join(ROOT, ".build/bench"), help="where the C programs are built")
    parser.add_argument("--json", default=os.path.join(ROOT, ".build/bench/results.json"), help="where results go")
    options = parser.parse_args()
    options.rounds = options.rounds or (2 if options.quick else 5)
    options.seconds = options.seconds or (0.2 if options.quick else 2)
    options.counts = [10, 1_000] if options.quick else [10, 1_000, 10_000]
    return options


def run(bench, options):
    began = time.monotonic()
    servers = [s for s in table() if holds(options.only, s.name) and holds(options.roles, s.role)]
    servers, skipped = those_that_start(bench, servers)
    samples = {} if options.no_costs else take_costs(bench, servers, options)
    extras = {} if options.no_extras else take_extras(bench, servers, options)
    costs = report.summary(samples)
    tell("")
    report.print_tables(costs, extras, skipped, options.counts)
    report.write_json(options.json, machine(options), costs, extras, skipped, samples)
    print(f"\n{time.monotonic() - began:.0f} s. All numbers: {os.path.relpath(options.json)}")


def holds(wanted, name):
    return not wanted or any(part.strip().lower() in name.lower() for part in wanted.split(","))


def those_that_start(bench, servers):
    """The servers that are here and start, and why each of the others does not."""
    good, skipped = [], []
    for server in servers:
        why = server.why_not()
        try:
            if not why:
                with bench.start(server):
                    good.append(server)
        except (NotStarted, OSError) as error:
            why = "did not start: " + " ".join(str(error).split())[:300]
        if why:
            skipped.append((f"{server.name} as {server.role}", why))
    return good, skipped


def take_costs(bench, servers, options):
    """Rounds outermost, servers innermost: what disturbs the machine for a while disturbs all of them."""
    samples = {}
    running = {server: bench.start(server) for server in servers}
    try:
        for number in range(options.rounds):
            for role in ROLES:
                for cost in measures.COSTS:
                    for server in servers:
                        if server.role == role and cost.suits(server):
                            tell(f"round {number + 1} of {options.rounds}: {role}: {cost.name}: {server.name}")
                            taken = cost.take(bench, server, running[server], options.seconds)
                            samples.setdefault((role, server.name, cost.name), {})[number] = taken
    finally:
        for program in running.values():
            program.end()
    return samples


def take_extras(bench, servers, options):
    """Memory, silent clients and system calls: each with a server just started, so that nothing lingers."""
    extras = {}
    for server in servers:
        found = extras.setdefault((server.role, server.name), {})
        tell(f"{server.role}: memory: {server.name}")
        for count in options.counts:
            found[f"idle {count}"] = measures.idle_memory(bench, server, count)
        tell(f"{server.role}: silent clients, system calls: {server.name}")
        if server.has_tls:
            found.update(measures.beside_others(bench, server, OTHERS))
        found["calls"] = measures.system_calls(bench, server)
    return extras


def raise_file_limit():
    """Lets this and what it starts open as many files as is allowed. Gives how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def make_identity(folder):
    """A certificate for ECDSA on P-256, the same for all servers, gone after the run."""
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
         "-out", certificate], check=True, capture_output=True)
    return certificate, key


def build_tools(folder):
    """Compiles the load generator and the reference where they are older than their sources."""
    os.makedirs(folder, exist_ok=True)
    for name in ("load", "reference"):
        source, made = os.path.join(HERE, name + ".c"), os.path.join(folder, name)
        if not os.path.exists(made) or os.path.getmtime(made) < os.path.getmtime(source):
            subprocess.run(
                [os.environ.get("CC", "cc"), "-O2", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", source,
                 "-o", made, *openssl_flags()], check=True)
    return folder


def openssl_flags():
    try:
        found = subprocess.run(["pkg-config", "--cflags", "--libs", "openssl"], capture_output=True, text=True)
        return found.stdout.split() or ["-lssl", "-lcrypto"]
    except OSError:
        return ["-lssl", "-lcrypto"]


def machine(options):
    """What a reader must know to compare results of two runs."""
    return {
        "system": platform.release(), "architecture": platform.machine(), "processors": os.cpu_count(),
        "openssl": subprocess.run(["openssl", "version"], capture_output=True, text=True).stdout.strip(),
        "rounds": options.rounds, "seconds": options.seconds, "load_average": os.getloadavg(),
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def tell(text):
    """Progress, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
