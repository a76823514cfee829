"""nginx, which sends files: the least that an answer can cost."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.bench.peers.peer import answering
from server.bench.processes import Endpoint, find_program, free_port

NAME: Final = "nginx"
REMEDY: Final = "the Debian package nginx-light"

_PROBE: Final = "/probe.json"
# The user is the one who runs the bench, so that workers can read the folder; without a root's rights it is ignored.
_CONFIGURATION: Final = """daemon off;
worker_processes auto;
user {user} {group};
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 64; }}
http {{
  access_log off;
  default_type text/html;
  types {{ text/turtle ttl; application/sparql-results+json json; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; keepalive_requests 100000000; }}
}}
"""
_PATIENCE: Final = 10


def is_installed() -> bool:
    """Tell whether nginx is on this machine."""
    return find_program(NAME) is not None


@contextlib.contextmanager
def sending(files: dict[str, bytes], folder: Path) -> Iterator[Endpoint]:
    """Run nginx on files of these names until the block ends; the folder is new, and its own."""
    (folder / "files").mkdir(parents=True)
    for name, content in {**files, _PROBE.removeprefix("/"): b"{}"}.items():
        (folder / "files" / name).write_bytes(content)
    endpoint = Endpoint(NAME, free_port(), _PROBE)
    names = {"user": pwd.getpwuid(os.getuid()).pw_name, "group": grp.getgrgid(os.getgid()).gr_name}
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=endpoint.port, **names), "utf-8")
    command = [NAME, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "errors")]
    with answering(endpoint, command, folder, _PATIENCE) as started:
        yield started
