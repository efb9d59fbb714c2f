"""Say what to do when the address that the server would listen on can't be had: `free_port.py HOST PORT`."""

import errno
import socket
import sys


def complaint(host: str, port: str) -> str | None:
    """A sentence for people, or None when the address is free."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT is {port!r}: write a number from 1 to 65535, for example: make run PORT=8001"
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, int(port)), family=family).close()
    except socket.gaierror:
        return f"HOST is {host!r}, which no address is known for. Try: make run HOST=127.0.0.1"
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is in use: Dateline or another program is running there. "
                f"Stop it, or choose another port: make run PORT={int(port) % 65535 + 1}"
            )
        return f"The server can't listen on {host}, port {port}: {error.strerror}. Try: make run PORT=8001"
    return None


if __name__ == "__main__":
    sys.exit(complaint(*sys.argv[1:]))
