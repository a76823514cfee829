"""A copy of the site for tests, written by the command, and the servers of files that send it."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

from server.bench.processes import find_program, free_port, running

COMMAND: Final = [sys.executable, "-c", "from server.cli import main; main()", "export-site"]
_PATIENCE: Final = 10
_NGINX: Final = """daemon off;
master_process off;
pid {scratch}/pid;
error_log {scratch}/errors;
events {{ worker_connections 64; }}
http {{
  access_log off;
  variables_hash_max_size 4096;
  client_body_temp_path {scratch}/body;
  proxy_temp_path {scratch}/proxy;
  fastcgi_temp_path {scratch}/fastcgi;
  uwsgi_temp_path {scratch}/uwsgi;
  scgi_temp_path {scratch}/scgi;
  include {scratch}/site.conf;
}}
"""
_APACHE: Final = """ServerRoot {scratch}
PidFile {scratch}/pid
ErrorLog {scratch}/errors
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
{modules}
TypesConfig /dev/null
DocumentRoot {folder}
{user}
<Directory {folder}>
  {rules}
  Require all granted
</Directory>
"""
_OVERRIDE: Final = "AllowOverride FileInfo Indexes Options"
_MODULES: Final = ("mpm_event", "authz_core", "rewrite", "headers", "mime", "dir", "filter", "deflate")


def export(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run([*COMMAND, str(folder), *arguments], capture_output=True, text=True, timeout=600, check=False)


def get(port: int, path: str, headers: Mapping[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    """Return the answer to a request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@contextlib.contextmanager
def nginx(folder: Path, scratch: Path) -> Iterator[int]:
    """Run nginx with the configuration of a copy; give its port."""
    port = free_port()
    configuration = (folder / "nginx.conf").read_text("utf-8")
    assert configuration.count("listen 80;") == configuration.count("root /srv/battlegraph;") == 1
    configuration = configuration.replace("listen 80;", f"listen 127.0.0.1:{port};")
    (scratch / "site.conf").write_text(configuration.replace("root /srv/battlegraph;", f"root {folder};"), "utf-8")
    (scratch / "nginx.conf").write_text(_NGINX.format(scratch=scratch), "utf-8")
    command = ["nginx", "-p", str(scratch), "-c", str(scratch / "nginx.conf"), "-e", str(scratch / "errors")]
    with running(command, scratch) as process:
        _await(port, process, scratch)
        yield port


@contextlib.contextmanager
def apache(folder: Path, scratch: Path, *, is_included: bool) -> Iterator[int]:
    """Run Apache with a copy, whose `.htaccess` is read for each request or included once; give its port."""
    port = free_port()
    modules = Path(find_program("apache2") or "").parent.parent / "lib" / "apache2" / "modules"
    loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _MODULES)
    # Started by root, it goes on as another user, who cannot reach what pytest keeps for its own.
    user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        root = Path(home) / "copy"
        shutil.copytree(folder, root)
        rules = f"AllowOverride None\n  Include {root}/.htaccess" if is_included else _OVERRIDE
        (scratch / "apache.conf").write_text(
            _APACHE.format(scratch=scratch, port=port, modules=loaded, folder=root, user=user, rules=rules), "utf-8"
        )
        command = ["apache2", "-d", str(scratch), "-f", str(scratch / "apache.conf"), "-D", "FOREGROUND"]
        with running(command, scratch) as process:
            _await(port, process, scratch)
            yield port


@contextlib.contextmanager
def plain(folder: Path) -> Iterator[int]:
    """Run Python's server of files, which knows nothing of the copy; give its port."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]  # as it came

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def _await(port: int, process: subprocess.Popen[bytes], scratch: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            get(port, "/robots.txt", {})
            return
        time.sleep(0.05)
    raise AssertionError(f"no answer: {(scratch / 'log').read_text()}")
