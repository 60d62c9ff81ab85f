"""What is measured of a server. Each measure gives a dictionary of numbers, or a `note` where there is none."""

import shutil
import time
from dataclasses import dataclass

from load import Load
from processes import SystemCalls
from servers import PLAIN_ECHO, PLAIN_RELAY, TLS_ECHO, TLS_RELAY


@dataclass(frozen=True)
class Cost:
    """A measure of the server's own processor time per operation."""

    name: str
    mode: str
    options: dict
    roles: tuple
    resume: bool = False

    def suits(self, server):
        return server.role in self.roles and (server.echoes or self.mode == "visit")

    def take(self, bench, server, program, seconds):
        with Load(bench.tools, self.mode, program.port, tls=server.has_tls, seconds=seconds, resume=self.resume,
                  **self.options) as load:
            before = program.processor_seconds()
            result = load.go()
            used = program.processor_seconds() - before
        return self._judge(result, used)

    def _judge(self, result, used):
        done = result["operations"]
        if done == 0 or result["failed"] > done // 100:
            return {"note": f"failed: {result['reason'] or 'nothing was done'}"}
        if self.resume and result["resumed"] < done * 0.9:
            return {"note": "does not resume"}
        return {
            "cpu_us": used / done * 1e6, "per_second": done / result["seconds"],
            "megabytes_per_second": result["bytes"] / result["seconds"] / 1e6,
            "p50_us": result["p50_us"], "p99_us": result["p99_us"], "failed": result["failed"],
        }


TLS_ROLES = (TLS_ECHO, TLS_RELAY)
ALL_ROLES = (TLS_ECHO, TLS_RELAY, PLAIN_ECHO, PLAIN_RELAY)

COSTS = [
    Cost("handshake", "visit", {"connections": 8}, TLS_ROLES),
    Cost("resumed", "visit", {"connections": 8}, TLS_ROLES, resume=True),
    Cost("connection", "visit", {"connections": 8}, (PLAIN_ECHO, PLAIN_RELAY)),
    Cost("64 B", "echo", {"size": 64}, ALL_ROLES),
    Cost("16 KiB", "echo", {"size": 16 * 1024, "connections": 8}, ALL_ROLES),
    Cost("1 MiB", "echo", {"size": 1024 * 1024, "connections": 2}, ALL_ROLES),
]


def idle_memory(bench, server, count):
    """Memory a connection takes that has said something and then nothing."""
    if server.most < count:
        return {"note": "not tried"}
    # A relay has two sockets for each connection, and every process may open so many files.
    count = min(count, (bench.files - 500) // (2 if server.is_relay else 1))
    with bench.start(server) as program:
        # The first connections pay for what a server makes once.
        with Load(bench.tools, "visit", program.port, tls=server.has_tls, limit=8, size=64) as load:
            load.go()
        before = settled(program.memory_bytes)
        with Load(bench.tools, "idle", program.port, tls=server.has_tls, connections=count, size=64,
                  patience=20) as load:
            after = settled(program.memory_bytes)
            result = load.go()
    if result.get("standing", 0) < count:
        return {"note": f"{result.get('standing', 0)} of {count} stood: {result['reason']}"}
    return {"connections": count, "kilobytes": (after - before) / count / 1000, "total_megabytes": after / 1e6}


def settled(read):
    """A reading that has stopped changing, or the last after two seconds."""
    last = read()
    for _ in range(20):
        time.sleep(0.1)
        current = read()
        if abs(current - last) < 64 * 1024:
            return current
        last = current
    return last


def beside_others(bench, server, count):
    """How a good client fares: alone, beside many that say nothing, beside many that dribble a first message."""
    found = {}
    with bench.start(server) as program:
        alone = visit_in_turn(bench, server, program)
        for name in ("silent", "dribbling"):
            with Load(bench.tools, "silent", program.port, connections=count, dribble=name == "dribbling",
                      patience=1) as others:
                beside = visit_in_turn(bench, server, program)
                found[name] = compared(alone, beside, others.go()["standing"])
    return found


def compared(alone, beside, standing):
    numbers = {"alone_ms": alone["p50_us"] / 1000, "others_standing": standing, "failed": beside["failed"]}
    if beside["operations"] == 0:
        return {**numbers, "note": "blocked"}
    return {**numbers, "beside_ms": beside["p50_us"] / 1000, "worst_ms": beside["max_us"] / 1000}


def visit_in_turn(bench, server, program):
    size = 64 if server.echoes else 0
    with Load(bench.tools, "visit", program.port, tls=server.has_tls, limit=30, size=size, seconds=1.5,
              patience=1.5) as load:
        return load.go()


def system_calls(bench, server):
    """System calls of one round trip of 64 bytes, on one connection."""
    if not server.echoes:
        return {"note": "no echo"}
    if not shutil.which("strace"):
        return {"note": "strace is not installed"}
    with bench.start(server) as program:
        with Load(bench.tools, "echo", program.port, tls=server.has_tls, size=64, seconds=0.4) as load:
            with SystemCalls(program.pids()) as calls:
                result = load.go()
    if result["operations"] == 0 or not calls.counts:
        return {"note": f"failed: {result['reason'] or 'strace counted nothing'}"}
    each = {name: count / result["operations"] for name, count in calls.counts.items()}
    often = {name: round(count, 2) for name, count in each.items() if count >= 0.05}
    return {"per_round_trip": sum(each.values()), "calls": often}
