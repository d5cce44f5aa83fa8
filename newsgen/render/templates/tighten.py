"""The Python that Jinja writes for a template, made tighter: the same text from fewer steps.

Jinja yields every piece of a page by itself, asks a function for every attribute, and calls another to escape each
value: two thirds of what it takes to print an article. Here, what is printed in a row is printed at once, and the
attribute of a value of ours, or the escaping of a plain text, is written out in place. Only what has exactly the form
that Jinja gives it is touched: of another Jinja's code, the rest stays as it is. Every piece keeps its line, so that a
mistake in a template is still named where it is.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from itertools import groupby
from typing import TypeGuard

__all__ = ["OWNERS", "VERSION", "tighten"]

VERSION = 2  # of the code that is made here: it is stored
OWNERS = "_has_"  # before an attribute's name: the set of types of ours that have it
_MOST = 100  # pieces printed at once: they lie on Python's stack together


def tighten(source: str, attributes: Collection[str]) -> ast.Module:
    """The tree of a module that Jinja generated.

    It looks for `_escape_text` and, for each of `attributes`, for the set `_has_<attribute>` among its globals.
    """
    tree = ast.parse(source)
    _Expressions(attributes).visit(tree)
    _Statements().visit(tree)
    return ast.fix_missing_locations(tree)


# --- expressions ----------------------------------------------------------------------------------------------------


class _Expressions(ast.NodeTransformer):
    """`environment.getattr(item, 'url')` to `item.url` for a value of ours; `escape(text)` to what it does to a str."""

    def __init__(self, attributes: Collection[str]) -> None:
        self._attributes = attributes

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("environment"), attr="getattr"), args=[owner, ast.Constant(str(name))]
            ) if name in self._attributes:
                return _attribute(node, owner, name)
            case ast.Call(func=ast.Name("escape"), args=[value], keywords=[]):
                return _escaped(node, value)
        return node


def _attribute(node: ast.Call, owner: ast.expr, name: str) -> ast.expr:
    match owner:
        case (
            ast.Name(known)
            | ast.IfExp(test=ast.Compare(left=ast.Name(known), ops=[ast.Is()], comparators=[ast.Name("missing")]))
        ):
            asked: ast.expr = _name(known)
            otherwise = node
        case _:
            known = "_o"
            asked = ast.NamedExpr(ast.Name(known, ast.Store()), owner)
            otherwise = ast.Call(node.func, [_name(known), node.args[1]], [])
    test = ast.Compare(_call("type", asked), [ast.In()], [_name(OWNERS + name)])
    return _at(node, ast.IfExp(test, ast.Attribute(_name(known), name, ast.Load()), otherwise))


def _escaped(node: ast.Call, value: ast.expr) -> ast.expr:
    asked = ast.NamedExpr(ast.Name("_e", ast.Store()), value)
    test = ast.Compare(_call("type", asked), [ast.Is()], [_name("str")])
    return _at(node, ast.IfExp(test, _call("_escape_text", _name("_e")), _call("escape", _name("_e"))))


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _call(name: str, argument: ast.expr) -> ast.Call:
    return ast.Call(_name(name), [argument], [])


def _at(node: ast.expr, made: ast.expr) -> ast.expr:
    """The new expression at the old one's place, and so is all that is new in it."""
    for part in ast.walk(made):
        if isinstance(part, ast.expr) and not hasattr(part, "lineno"):
            ast.copy_location(part, node)
    return made


# --- statements -----------------------------------------------------------------------------------------------------

_Printed = tuple[str, list[ast.expr]]  # where to ("" for a yield, else the name of a list), and what


class _Statements(ast.NodeTransformer):
    """What is printed in a row, printed at once."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                setattr(node, name, _merged(block))
        return node


def _merged(block: list[ast.stmt]) -> list[ast.stmt]:
    kept = [statement for statement in block if not isinstance(statement, ast.Pass)]
    made: list[ast.stmt] = []
    for target, group in groupby(map(_printed, kept), key=lambda found: found[0][0] if found[0] else None):
        run = list(group)
        if target is None:
            made.extend(statement for _found, statement in run)
            continue
        pieces = [piece for found, _statement in run if found for piece in found[1]]
        made.extend(_printing(target, pieces[at : at + _MOST]) for at in range(0, len(pieces), _MOST))
    return made or [ast.Pass()]


def _printed(statement: ast.stmt) -> tuple[_Printed | None, ast.stmt]:
    """What a statement prints, if it does nothing else."""
    match statement:
        case ast.Expr(ast.Yield(value)) if _is_text(value):
            return ("", [value]), statement
        case ast.Expr(ast.Call(func=ast.Attribute(value=ast.Name(target), attr="append"), args=[value])) if _is_text(
            value
        ):
            return (target, [value]), statement
        case ast.Expr(
            ast.Call(func=ast.Attribute(value=ast.Name(target), attr="extend"), args=[ast.Tuple(elts=values)])
        ) if all(map(_is_text, values)):
            return (target, values), statement
        case ast.If(test=test, body=[one], orelse=orelse) if len(orelse) < 2:
            inner, other = _printed(one)[0], _printed(orelse[0])[0] if orelse else None
            if inner and (not orelse or (other and other[0] == inner[0])):
                empty: ast.expr = ast.copy_location(ast.Constant(""), statement)
                either = ast.IfExp(test, _joined(inner[1]), _joined(other[1]) if other else empty)
                return (inner[0], [ast.copy_location(either, statement)]), statement
    return None, statement


def _is_text(value: ast.expr | None) -> TypeGuard[ast.expr]:
    """Whether an expression can give nothing but a text: a filter of a loop yields what the loop goes over."""
    match value:
        case ast.Constant(str()) | ast.JoinedStr() | ast.Call(func=ast.Name("str" | "escape" | "_escape_text")):
            return True
        case ast.IfExp(body=one, orelse=other):
            return _is_text(one) and _is_text(other)
    return False


def _joined(pieces: list[ast.expr]) -> ast.expr:
    """The pieces as one text."""
    if len(pieces) == 1:
        return pieces[0]
    values: list[ast.expr] = []
    for piece in pieces:
        if isinstance(piece, ast.Constant) and isinstance(piece.value, str):
            values.append(piece)
        else:
            values.append(ast.copy_location(ast.FormattedValue(piece, -1, None), piece))
    return ast.copy_location(ast.JoinedStr(values), pieces[0])


def _printing(target: str, pieces: list[ast.expr]) -> ast.stmt:
    whole = _joined(pieces)
    made: ast.expr = ast.Yield(whole)
    if target:
        made = ast.Call(ast.Attribute(_name(target), "append", ast.Load()), [whole], [])
    return ast.copy_location(ast.Expr(_at(whole, ast.copy_location(made, whole))), whole)
