"""Writes what the packages are made of, as SPDX 2.3: sbom.py BUILD COMMAND SHIPPED LIBRARY VERSION SECONDS TO

COMMAND still has its symbols; SHIPPED is the same without, and named by its digest. SECONDS since 1970 are the time of the commit.
"""

import datetime
import hashlib
import json
import pathlib
import sys
import uuid

from components import components

PUBLIC_DOMAIN = "LicenseRef-liblzma-public-domain"


def digest(path):
    return [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(path.read_bytes()).hexdigest()}]


def own(name, path, version, purpose):
    return {
        "SPDXID": f"SPDXRef-{name}", "name": name, "versionInfo": version, "packageFileName": path.name,
        "primaryPackagePurpose": purpose, "checksums": digest(path), "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "Apache-2.0",
        "copyrightText": "NOASSERTION", "supplier": "NOASSERTION",
    }


def foreign(one):
    identity = "SPDXRef-component-" + one.name.replace("+", "p")
    return {
        "SPDXID": identity, "name": one.name, "versionInfo": one.version, "homepage": one.homepage,
        "primaryPackagePurpose": "LIBRARY", "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION", "licenseDeclared": one.licence, "copyrightText": "NOASSERTION",
        "supplier": "NOASSERTION",
        "externalRefs": [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": one.locator}],
    }


def main():
    build, command, shipped, library = map(pathlib.Path, sys.argv[1:5])
    version, seconds, to = sys.argv[5], int(sys.argv[6]), pathlib.Path(sys.argv[7])
    found = components(build, command)
    mine = [own("weir", shipped, version, "APPLICATION"), own("libweir", library, version, "LIBRARY")]
    packages = mine + [foreign(one) for one in found]
    relations = [
        {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": one["SPDXID"]}
        for one in mine
    ]
    for one, package in zip(found, packages[2:]):
        for owner in ["weir"] + ["libweir"] * one.is_in_library:
            relations.append(
                {"spdxElementId": f"SPDXRef-{owner}", "relationshipType": "STATIC_LINK",
                 "relatedSpdxElement": package["SPDXID"]})
    liblzma = next(one for one in found if one.licence == PUBLIC_DOMAIN)
    # The same packages have the same name, others another.
    content = json.dumps([packages, relations], sort_keys=True)
    name = uuid.uuid5(uuid.NAMESPACE_OID, content)
    created = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"weir-{version}", "documentNamespace": f"urn:uuid:{name}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: weir-scripts-dist"]},
        "hasExtractedLicensingInfos": [
            {"licenseId": PUBLIC_DOMAIN, "name": "liblzma: public domain", "extractedText": liblzma.notice}],
        "packages": packages, "relationships": relations,
    }
    to.write_text(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


main()
