"""Programs being measured: starting and ending them, their processor time, their memory, their system calls."""

import os
import re
import signal
import subprocess
import tempfile
import time

# What a server that was given port 0 says, on its output or its error output.
ANNOUNCEMENT = re.compile(r"listening on \S*?:(\d+)\b")
START_SECONDS = 10
TICKS = os.sysconf("SC_CLK_TCK")


class NotStarted(Exception):
    """A program ended, or did not listen in time. The text is what it said."""


class Program:
    """A running server and all its processes: they share a session, which no other program is in."""

    def __init__(self, command, port, environment):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True,
            env=environment)
        try:
            self.port = self._await_listening(port)
        except NotStarted:
            self.end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def _await_listening(self, port):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise NotStarted(self.said() or f"ended with status {self.process.returncode}")
            if port:
                if listens(port):
                    return port
            else:
                announced = ANNOUNCEMENT.search(self.said())
                if announced:
                    return int(announced.group(1))
            time.sleep(0.01)
        raise NotStarted(self.said() or f"did not listen within {START_SECONDS} s")

    def said(self):
        """What it has written so far, in short."""
        size = os.fstat(self.log.fileno()).st_size
        text = os.pread(self.log.fileno(), min(size, 4000), 0)
        return text.decode(errors="replace").strip()

    def end(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(3)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        self.process.wait()
        self.log.close()

    def pids(self):
        """All its processes."""
        found = []
        for name in os.listdir("/proc"):
            if name.isdigit():
                fields = stat_fields(name)
                if fields and int(fields[3]) == self.process.pid:
                    found.append(int(name))
        return found

    def processor_seconds(self):
        """Processor time of all its processes so far, user's and system's, with children that were waited for."""
        return sum(processor_seconds(pid) for pid in self.pids())

    def memory_bytes(self):
        """Memory of all its processes that is in use: heap and stacks. A page that several share counts once."""
        return sum(memory_bytes(pid) for pid in self.pids())


def stat_fields(pid):
    """The fields of /proc/PID/stat after the name, which may hold blanks: [0] is the state, [3] the session."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def processor_seconds(pid):
    fields = stat_fields(pid)
    if not fields:
        return 0.0
    waited_for = (int(fields[13]) + int(fields[14])) / TICKS
    try:
        # The same sum as utime and stime, from the kernel's clock of that process: in ns and not in ticks of 10 ms.
        return time.clock_gettime((~pid << 3) | 2) + waited_for
    except OSError:
        return (int(fields[11]) + int(fields[12])) / TICKS + waited_for


def memory_bytes(pid):
    """Memory of its own in bytes. Of a page that forked processes share, each has its part.

    Pages of files are left out: how many of a library's belong to a server depends on who else has it open.
    """
    sizes = {}
    for path in (f"/proc/{pid}/smaps_rollup", f"/proc/{pid}/status"):
        try:
            with open(path) as file:
                for line in file:
                    words = line.split()
                    if len(words) == 3 and words[2] == "kB":
                        sizes[words[0]] = int(words[1]) * 1024
        except OSError:
            continue
        if "Pss_Anon:" in sizes:
            return sizes["Pss_Anon:"] + sizes.get("Pss_Shmem:", 0)
    return sizes.get("RssAnon:", sizes.get("VmRSS:", 0))


def listens(port):
    """Whether somebody listens at this port. Asks the kernel: a connection would be one more the server has seen."""
    for path in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(path) as file:
                next(file)
                for line in file:
                    fields = line.split()
                    if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                        return True
        except OSError:
            continue
    return False


class SystemCalls:
    """Counts the system calls of processes while it is entered, with strace."""

    def __init__(self, pids):
        self.pids = pids
        self.counts = {}

    def __enter__(self):
        self.table = tempfile.NamedTemporaryFile("r")
        attached = [word for pid in self.pids for word in ("-p", str(pid))]
        self.strace = subprocess.Popen(
            ["strace", "-f", "-c", "-U", "calls,name", "-o", self.table.name, *attached],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in self.pids:
            if "attached" not in self.strace.stderr.readline():
                break
        return self

    def __exit__(self, *_):
        self.strace.send_signal(signal.SIGINT)
        self.strace.communicate()
        for line in self.table:
            words = line.split()
            if len(words) == 2 and words[0].isdigit() and words[1] != "total":
                self.counts[words[1]] = int(words[0])
        self.table.close()
