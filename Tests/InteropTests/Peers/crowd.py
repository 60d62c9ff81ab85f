"""Many clients that are of no use to a server: they leave, reset, or talk of something else."""
import argparse
import signal
import socket
import struct

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--count", type=int, default=1000)
options = parser.parse_args()
signal.alarm(60)

for number in range(options.count):
    client = socket.create_connection(("127.0.0.1", options.port), 20)
    if number % 3 == 1:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif number % 3 == 2:
        client.sendall(b"garbage garbage\r\n")
    client.close()
print("done")
