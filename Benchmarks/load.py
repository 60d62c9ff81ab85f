"""Running the load generator, which says when it is ready and when it is done."""

import json
import os
import subprocess


class Load:
    """One run of the load generator: ready when entered; `go` lets it work and gives its result."""

    def __init__(self, tools, mode, port, *, tls=True, connections=1, seconds=None, limit=None, size=0,
                 patience=5, resume=False, dribble=False):
        options = {"connections": connections, "seconds": seconds, "limit": limit, "size": size, "patience": patience}
        flags = {"--plain": not tls, "--resume": resume, "--dribble": dribble}
        words = [flag for flag, wanted in flags.items() if wanted]
        for name, value in options.items():
            if value is not None:
                words += [f"--{name}", str(value)]
        self.command = [os.path.join(tools, "load"), mode, f"127.0.0.1:{port}", *words]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = self._answer()["ready"]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def go(self):
        """Lets it work. Returns its result; the connections stay until this is left."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"ready": 0, "operations": 0, "failed": 1, "reason": "the load ended"}
