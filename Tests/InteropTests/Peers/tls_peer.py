"""Clients of Python's standard library: TLS, and the three mail protocols. One fact a line."""
import argparse
import imaplib
import poplib
import signal
import smtplib
import socket
import ssl

parser = argparse.ArgumentParser()
parser.add_argument("kind", choices=["echo", "eof", "imap", "imaps", "smtp", "smtps", "pop3", "pop3s"])
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--ca")
parser.add_argument("--cert")
parser.add_argument("--key")
parser.add_argument("--name", default="netlab.test")
parser.add_argument("--version", choices=["1.2", "1.3"])
parser.add_argument("--user", default="alice")
parser.add_argument("--password", default="secret")
options = parser.parse_args()
signal.alarm(60)


def context():
    made = ssl.create_default_context(cafile=options.ca)
    if options.cert:
        made.load_cert_chain(options.cert, options.key)
    if options.version:
        version = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[options.version]
        made.minimum_version = made.maximum_version = version
    return made


def echo():
    raw = socket.create_connection(("127.0.0.1", options.port), 20)
    with context().wrap_socket(raw, server_hostname=options.name) as tls:
        print("up", tls.version())
        tls.sendall(b"Herbert\n")
        print("heard", tls.recv(4096).decode().strip())
        if options.kind == "eof":
            tls.shutdown(socket.SHUT_WR)
            print("end", len(tls.recv(4096)))
        else:
            tls.unwrap()


def imap():
    if options.kind == "imaps":
        box = imaplib.IMAP4_SSL("localhost", options.port, ssl_context=context())
    else:
        box = imaplib.IMAP4("localhost", options.port)
        print("before", *sorted(box.capabilities))
        box.starttls(context())
    print("after", *sorted(box.capabilities))
    print("login", box.login(options.user, options.password)[0])
    print("noop", box.noop()[0])
    box.logout()


def smtp():
    if options.kind == "smtps":
        box = smtplib.SMTP_SSL("localhost", options.port, context=context())
    else:
        box = smtplib.SMTP("localhost", options.port)
        box.ehlo("client.test")
        print("before", *sorted(box.esmtp_features))
        print("starttls", box.starttls(context=context())[0])
    print("ehlo", box.ehlo("client.test")[0])
    print("after", *sorted(box.esmtp_features))
    print("noop", box.noop()[0])
    box.quit()


def pop3():
    if options.kind == "pop3s":
        box = poplib.POP3_SSL("localhost", options.port, context=context())
    else:
        box = poplib.POP3("localhost", options.port)
        print("before", *sorted(box.capa()))
        box.stls(context())
    print("after", *sorted(box.capa()))
    print("user", box.user(options.user).decode())
    print("pass", box.pass_(options.password).decode())
    box.quit()


try:
    {"e": echo, "i": imap, "s": smtp, "p": pop3}[options.kind[0]]()
    print("done")
except ssl.SSLCertVerificationError as error:
    print("unverified", error.verify_code)
except ssl.SSLError as error:
    print("failed", error.library, error.reason)
except OSError as error:
    print("oserror", error.errno)
