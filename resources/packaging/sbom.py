"""Lists the parts of a bundle for machines: a CycloneDX 1.5 document.

Called by `build`; tests hold it to the published schema's rules.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from resources.packaging.parts import Part
from resources.packaging.stamp import Stamp


def document(found: Sequence[Part], built: Stamp) -> str:
    """Return the document; the same one for the same parts and commit."""
    name = f"vigil-{built.version}-{built.commit}"
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{datetime.fromtimestamp(built.epoch, UTC):%Y-%m-%dT%H:%M:%SZ}",
            "component": {
                "type": "application",
                "bom-ref": "vigil",
                "name": "vigil",
                "version": built.version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [_component(part) for part in found],
        "dependencies": [{"ref": "vigil", "dependsOn": [_reference(part) for part in found]}],
    }
    return json.dumps(made, indent=2) + "\n"


def _component(part: Part) -> dict[str, object]:
    made: dict[str, object] = {
        "type": "library",
        "bom-ref": _reference(part),
        "name": part.name,
        "version": part.version,
        "licenses": [_licence(part.licence)],
    }
    if part.origin != "generic":
        made["purl"] = _reference(part)
    return made


def _licence(words: str) -> dict[str, object]:
    # An expression is made of ids and operators; anything else is a name.
    is_expression = " " not in words or any(f" {word} " in words for word in ("OR", "AND", "WITH"))
    return {"expression": words} if is_expression else {"license": {"name": words}}


def _reference(part: Part) -> str:
    name = part.name.lower().replace("_", "-") if part.origin == "pypi" else part.name
    place = f"deb/debian/{name}" if part.origin == "deb" else f"{part.origin}/{name}"
    return f"pkg:{place}@{quote(part.version, safe='')}" if part.version else f"pkg:{place}"
