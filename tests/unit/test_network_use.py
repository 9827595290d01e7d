"""Where the network may be touched: what import-linter cannot tell, for it does not know parts of outside packages."""

import ast

ALLOWED = {"fetching", "places/online", "places/installing"}
LISTENS = "reviewing/serving/server.py"
"""Asks nobody: it answers this machine."""


def network_imports(file):
    """Yield the modules that a file imports and that can open connections."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        for name in names:
            if name.split(".")[0] in {
                "socket",
                "ssl",
                "http",
                "ftplib",
                "smtplib",
                "asyncio",
                "socketserver",
            } or name.startswith("urllib.request"):
                yield name


def test_only_fetching_and_places_touch_the_network(project_root):
    package = project_root / "geoconflict"
    found = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if any(network_imports(file)) and not any(file.is_relative_to(package / one) for one in ALLOWED)
    }
    assert found == {LISTENS}
    listening = {name for name in network_imports(package / LISTENS) if not name.startswith("http.server")}
    assert listening <= {"http", "http.HTTPStatus"}, "numbers and names of answers alone"
    assert any(network_imports(package / "fetching" / "connection.py"))
    assert any(network_imports(package / "places" / "installing" / "download.py"))
