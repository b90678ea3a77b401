# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenAPI document as a measure: every exchange that the tests have is held against it.

What the document does not name, a route, a status, a header, a member of a body, is a failure; so is
what it promises and an answer lacks.
"""
import collections
import datetime
import json
import re
import urllib.parse

import jsonschema
import yaml

METHODS = ("get", "put", "post", "delete", "patch")

# What the description of the document says of every route: heads that are too large, a server that is
# busy or has failed. They stand under `default`.
BY_DEFAULT = {414, 431, 500, 503}

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date", raises=ValueError)
def is_date(text):
    return not isinstance(text, str) or bool(datetime.date.fromisoformat(text))


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(text):
    if not isinstance(text, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
        return False
    return bool(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")))


@FORMATS.checks("uri")
def is_uri(text):
    return not isinstance(text, str) or bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", text))


class Mismatch(AssertionError):
    """An exchange that the document does not describe."""


class Operation:
    def __init__(self, method, path, described, shared):
        self.method = method
        self.path = path
        self.described = described
        self.name = described["operationId"]
        self.open = described.get("security") == []
        self.parameters = shared + described.get("parameters", [])
        self.statuses = {int(status) for status in described["responses"] if status != "default"}

    def __str__(self):
        return f"{self.method} {self.path}"


class Document:
    def __init__(self, path):
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        # As JSON has it: the loader makes dates of examples.
        self.root = json.loads(json.dumps(yaml.load(path.read_text(encoding="utf-8"), loader), default=str))
        self.base = self.root["servers"][0]["url"]
        self.resolver = jsonschema.RefResolver.from_schema(self.root)
        self.provoked = collections.Counter()  # (operation's name, status) → how often
        self.problems = set()                  # words of the problems that were answered
        self.operations = [
            Operation(method.upper(), path, item[method], item.get("parameters", []))
            for path, item in self.root["paths"].items() for method in METHODS if method in item]
        self.patterns = [(re.compile("^" + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(o.path)) + "$"), o)
                         for o in self.operations]

    def resolve(self, value):
        while isinstance(value, dict) and "$ref" in value:
            value = self.resolver.resolve(value["$ref"])[1]
        return value

    def find(self, method, path):
        """The operation that a path as it is asked for leads to; fixed segments before variable ones."""
        path = urllib.parse.urlsplit(path).path
        if not path.startswith(self.base + "/"):
            return None
        found = [operation for pattern, operation in self.patterns
                 if operation.method == method and pattern.match(path[len(self.base):])]
        return min(found, key=lambda operation: operation.path.count("{"), default=None)

    # One exchange

    def hold(self, method, path, sent, answer):
        """Holds an answer, and the body that led to it, against what is described."""
        operation = self.find(method, path)
        try:
            if operation is None:
                self.hold_stray(answer)
                return
            response = self.response(operation, answer.status)
            self.hold_headers(response, answer)
            self.hold_body(response, answer)
            if answer.status < 300:
                self.hold_sent(operation, sent)
            self.provoked[operation.name, answer.status] += 1
        except Mismatch as mismatch:
            where = operation or f"{method} of an unknown path"
            raise Mismatch(f"{where} → {answer.status}: {mismatch}") from None

    def hold_stray(self, answer):
        """A path or a method that there is not: 404, or 405 with what there is."""
        if answer.status not in (404, 405, 414):
            raise Mismatch("not a status of a path that there is not")
        if answer.status == 405 and not answer.headers.get("Allow"):
            raise Mismatch("405 without Allow")
        self.hold_body(self.resolve(self.root["components"]["responses"]["ProblemResponse"]), answer)

    def response(self, operation, status):
        responses = operation.described["responses"]
        if str(status) in responses:
            return self.resolve(responses[str(status)])
        if status in BY_DEFAULT and "default" in responses:
            return self.resolve(responses["default"])
        raise Mismatch("the document does not name this status")

    def hold_headers(self, response, answer):
        if not re.fullmatch(r"[\da-f-]{36}", answer.headers.get("BelGov-Trace-Id", "")):
            raise Mismatch("no BelGov-Trace-Id")
        for name, header in response.get("headers", {}).items():
            value = answer.headers.get(name)
            if value is None:
                raise Mismatch(f"without the header {name}")
            schema = self.resolve(header)["schema"]
            self.validate(schema, int(value) if schema["type"] == "integer" else value, name)

    def hold_body(self, response, answer):
        content = response.get("content")
        if not content:
            if answer.body:
                raise Mismatch("a body where none is described")
            return
        media_type = answer.headers.get_content_type()
        if media_type not in content:
            raise Mismatch(f"{media_type} instead of {' or '.join(content)}")
        if not media_type.endswith("json"):
            return
        value = json.loads(answer.body)
        schema = content[media_type]["schema"]
        self.validate(schema, value, "body")
        self.refuse_strangers(schema, value, "body")
        if media_type == "application/problem+json":
            self.hold_problem(response, answer, value)

    def hold_problem(self, response, answer, problem):
        word = problem["type"].rpartition(":")[2]
        if problem["status"] != answer.status:
            raise Mismatch(f"the problem says {problem['status']}")
        if problem["instance"] != f"urn:uuid:{answer.headers['BelGov-Trace-Id']}":
            raise Mismatch("the problem's instance is not the trace")
        named = re.findall(r"`(\w+)`", response["description"])
        if named and word not in named:
            raise Mismatch(f"the problem {word} is not among {', '.join(named)}")
        self.problems.add(word)

    def hold_sent(self, operation, sent):
        """What was accepted is what is described."""
        described = operation.described.get("requestBody")
        if described is None:
            return
        schema = described["content"]["application/json"]["schema"]
        value = json.loads(sent)
        self.validate(schema, value, "what was sent")
        self.refuse_strangers(schema, value, "what was sent")

    # Schemas: OpenAPI 3.0's are those of draft 4, but for what is not used here (nullable, discriminator)

    def validate(self, schema, value, where):
        validator = jsonschema.Draft4Validator(schema, resolver=self.resolver, format_checker=FORMATS)
        for error in validator.iter_errors(value):
            place = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path)
            raise Mismatch(f"{where}{place}: {error.message[:300]}")

    def properties(self, schema, value):
        """Members that a schema knows, through what it is composed of; None if any may be there."""
        schema = self.resolve(schema)
        if "additionalProperties" in schema:
            return None
        known = dict(schema.get("properties", {}))
        for part in schema.get("allOf", []):
            known.update(self.properties(part, value))
        chosen = schema.get("discriminator", {}).get("mapping", {}).get(
            isinstance(value, dict) and value.get(schema.get("discriminator", {}).get("propertyName")))
        if chosen:
            known.update(self.properties({"$ref": chosen}, value))
        return known

    def refuse_strangers(self, schema, value, where):
        """Members that the document does not know: a client may ignore them, a test may not."""
        schema = self.resolve(schema)
        if isinstance(value, list):
            for i, item in enumerate(value):
                self.refuse_strangers(schema.get("items", {}), item, f"{where}[{i}]")
        elif isinstance(value, dict):
            known = self.properties(schema, value)
            for name, member in value.items() if known is not None else ():
                if name not in known:
                    raise Mismatch(f"{where}.{name} is not in the document")
                self.refuse_strangers(known[name], member, f"{where}.{name}")

    # All of it

    def missing(self):
        """Operations and statuses that nobody provoked; `default` counts by what stands for it."""
        missing = []
        for operation in self.operations:
            missing += [f"{operation} → {status}" for status in sorted(operation.statuses)
                        if not self.provoked[operation.name, status]]
            if "default" in operation.described["responses"] and \
               not any(self.provoked[operation.name, status] for status in BY_DEFAULT):
                missing.append(f"{operation} → default")
        return missing

    def unnamed(self):
        """Problems that the document names and nobody was answered with."""
        named = set()
        for response in self.root["components"]["responses"].values():
            for schema in response.get("content", {}).values():
                if "Problem" in schema["schema"]["$ref"]:
                    named |= set(re.findall(r"`(\w+)`", response["description"]))
        return sorted(named - self.problems - {"application", "json", "Bearer"})
