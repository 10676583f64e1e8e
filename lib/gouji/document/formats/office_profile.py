"""Writes the profile with which LibreOffice converts: nothing in a document runs, and nothing that it refers to is
fetched."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

#: Settings by path, name and value. Macros: the highest level, and none at all; links between documents and DDE: never;
#: what a document refers to elsewhere: blocked; the network: by way of a proxy that is not there.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", True),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("org.openoffice.Office.Common/Security/Scripting", "DisablePythonRuntime", True),
    ("org.openoffice.Office.Calc/Content/Update", "Link", 1),
    ("org.openoffice.Office.Writer/Content/Update", "Link", 0),
    ("org.openoffice.Office.Writer/Content/Update", "Field", False),
    ("org.openoffice.Office.Common/Load", "UserDefinedSettings", False),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", 9),
)
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def write_profile(folder: Path) -> None:
    """Writes the settings of a new profile into `folder`, where LibreOffice looks for them."""
    items = "".join(
        f'<item oor:path={quoteattr("/" + path)}><prop oor:name={quoteattr(name)} oor:op="fuse">'
        f"<value>{str(value).lower() if isinstance(value, bool) else value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(f"{_OPENING}{items}</oor:items>", encoding="utf-8")
