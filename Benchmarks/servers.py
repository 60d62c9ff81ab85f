"""The servers that are compared, and how each is asked to do the same thing. A new one is one more line in `table`."""

import glob
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from typing import Callable, Optional

TLS_ECHO, TLS_RELAY, PLAIN_ECHO, PLAIN_RELAY = "TLS echo", "TLS relay", "plain echo", "plain relay"
ROLES = (TLS_ECHO, TLS_RELAY, PLAIN_ECHO, PLAIN_RELAY)


@dataclass
class Place:
    """What a server needs to know of this run."""

    folder: str       # for its configuration
    certificate: str
    key: str
    tools: str        # where the reference and the load generator were built
    netlab: str
    backend: int = 0  # the port of the echo server in clear behind relays
    port: int = 0     # where to listen; 0 for a server that chooses and tells

    def write(self, name, text):
        """Writes a configuration and gives its path."""
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path


@dataclass(frozen=True)
class Server:
    """One program in one role."""

    name: str
    role: str
    command: Callable[[Place], list]
    program: Optional[str] = None  # looked for on the path; None for what is built here
    chooses_port: bool = False     # takes port 0 and announces what it got
    echoes: bool = True            # gives back what it gets; otherwise handshakes are all it can be asked for
    most: int = 10_000             # idle connections that may be tried: those that fork can't take many
    missing: Callable[[], Optional[str]] = lambda: None

    def why_not(self):
        """Why it can't take part, or None."""
        if self.program and not shutil.which(self.program):
            return f"{self.program} is not installed"
        return self.missing()

    @property
    def has_tls(self):
        return self.role in (TLS_ECHO, TLS_RELAY)

    @property
    def is_relay(self):
        return self.role in (TLS_RELAY, PLAIN_RELAY)


def table():
    """Every server, the reference of each role first."""
    return [
        Server("C reference", TLS_ECHO, lambda p: reference(p, "echo"), chooses_port=True),
        Server("netlab", TLS_ECHO, lambda p: netlab_tls_echo(p, "--quiet"), chooses_port=True),
        Server("netlab -vvv", TLS_ECHO, lambda p: netlab_tls_echo(p, "-vvv"), chooses_port=True),
        Server("openssl s_server", TLS_ECHO, s_server, "openssl", echoes=False, most=0),
        Server("socat", TLS_ECHO, lambda p: socat(p, TLS_LISTEN, "PIPE"), "socat", most=1_000),

        Server("C reference", TLS_RELAY, lambda p: reference(p, "relay"), chooses_port=True),
        Server("netlab", TLS_RELAY, netlab_tls_relay, chooses_port=True),
        Server("nginx", TLS_RELAY, lambda p: nginx(p, tls=True), "nginx", missing=nginx_lacks),
        Server("haproxy", TLS_RELAY, lambda p: haproxy(p, tls=True), "haproxy"),
        Server("stunnel", TLS_RELAY, stunnel, stunnel_name(), most=1_000),
        Server("socat", TLS_RELAY, lambda p: socat(p, TLS_LISTEN, backend(p)), "socat", most=1_000),

        Server("C reference", PLAIN_ECHO, lambda p: reference(p, "echo", tls=False), chooses_port=True),
        Server("netlab", PLAIN_ECHO, lambda p: [p.netlab, "serve", f"{HOST}:0/tcp", "--kind", "echo", "--quiet"],
               chooses_port=True),
        Server("socat", PLAIN_ECHO, lambda p: socat(p, TCP_LISTEN, "PIPE"), "socat", most=1_000),

        Server("C reference", PLAIN_RELAY, lambda p: reference(p, "relay", tls=False), chooses_port=True),
        Server("netlab", PLAIN_RELAY,
               lambda p: [p.netlab, "proxy", f"tcp:{HOST}:0", f"tcp:{HOST}:{p.backend}", "--quiet"], chooses_port=True),
        Server("nginx", PLAIN_RELAY, lambda p: nginx(p, tls=False), "nginx", missing=nginx_lacks),
        Server("haproxy", PLAIN_RELAY, lambda p: haproxy(p, tls=False), "haproxy"),
        Server("socat", PLAIN_RELAY, lambda p: socat(p, TCP_LISTEN, backend(p)), "socat", most=1_000),
    ]


def free_port():
    """A port nobody has at this moment, for a server that can't choose one."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


# ---- How each is asked.

HOST = "127.0.0.1"
LISTENS = "LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,nodelay,backlog=4096"
TCP_LISTEN = "TCP-" + LISTENS
TLS_LISTEN = "OPENSSL-" + LISTENS + ",cert={certificate},key={key},verify=0"


def reference(place, what, tls=True):
    to = [f"{HOST}:{place.backend}"] if what == "relay" else []
    identity = [place.certificate, place.key] if tls else []
    return [os.path.join(place.tools, "reference"), what, f"{HOST}:0", *to, *identity]


def netlab_tls_echo(place, loudness):
    return [place.netlab, "serve", f"{HOST}:0/tls", "--kind", "echo", "--cert", place.certificate,
            "--key", place.key, loudness]


def netlab_tls_relay(place):
    return [place.netlab, "proxy", f"tls:{HOST}:0,cert={place.certificate},key={place.key}",
            f"tcp:{HOST}:{place.backend}", "--quiet"]


def s_server(place):
    return ["openssl", "s_server", "-accept", f"{HOST}:{place.port}", "-cert", place.certificate, "-key", place.key,
            "-rev", "-quiet"]


def socat(place, listen, to):
    words = {"port": place.port, "certificate": place.certificate, "key": place.key}
    return ["socat", "-b", "65536", listen.format(**words), to]


def backend(place):
    return f"TCP:{HOST}:{place.backend},nodelay"


def stunnel_name():
    return next((name for name in ("stunnel", "stunnel4") if shutil.which(name)), "stunnel")


def stunnel(place):
    return [stunnel_name(), place.write(f"stunnel-{place.port}.conf", f"""
foreground = yes
syslog = no
debug = 3
pid =
socket = l:TCP_NODELAY=1
socket = r:TCP_NODELAY=1
[relay]
accept = {HOST}:{place.port}
connect = {HOST}:{place.backend}
cert = {place.certificate}
key = {place.key}
""")]


def haproxy(place, tls):
    with open(place.certificate) as certificate, open(place.key) as key:
        both = place.write("haproxy.pem", certificate.read() + key.read())
    return ["haproxy", "-db", "-f", place.write(f"haproxy-{place.port}.cfg", f"""
global
    nbthread 1
    maxconn {min(12_000, (os.sysconf("SC_OPEN_MAX") - 500) // 2)}
defaults
    mode tcp
    option redispatch
    timeout connect 5s
    timeout client 10m
    timeout server 10m
listen relay
    bind {HOST}:{place.port} backlog 4096 {f"ssl crt {both}" if tls else ""}
    server echo {HOST}:{place.backend}
""")]


def nginx(place, tls):
    identity = f"ssl_certificate {place.certificate}; ssl_certificate_key {place.key}; ssl_protocols TLSv1.3;"
    module = nginx_module()
    configuration = place.write(f"nginx-{place.port}.conf", f"""
{f"load_module {module};" if module else ""}
daemon off;
worker_processes 1;
worker_rlimit_nofile {os.sysconf("SC_OPEN_MAX")};
error_log stderr crit;
pid {place.folder}/nginx-{place.port}.pid;
events {{ worker_connections 32768; }}
stream {{
  access_log off;
  server {{
    listen {HOST}:{place.port} {"ssl" if tls else ""} backlog=4096;
    {identity if tls else ""}
    proxy_buffer_size 64k;
    tcp_nodelay on;
    proxy_pass {HOST}:{place.backend};
  }}
}}
""")
    return ["nginx", "-e", "stderr", "-p", place.folder, "-c", configuration]


def nginx_module():
    """The module for streams, where it is not built in."""
    for folder in filter(None, (os.environ.get("NGINX_MODULES"), "/usr/lib/nginx/modules",
                                "/usr/lib64/nginx/modules", "/usr/local/libexec/nginx")):
        found = glob.glob(os.path.join(folder, "ngx_stream_module.so"))
        if found:
            return found[0]
    return None


def nginx_lacks():
    built = subprocess.run(["nginx", "-V"], capture_output=True, text=True).stderr.split()
    if nginx_module() or "--with-stream" in built:
        return None
    return "nginx has no stream module here (Debian: libnginx-mod-stream)"
