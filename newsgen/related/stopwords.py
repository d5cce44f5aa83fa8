"""The commonest words of some languages, which say nothing of what a story is about: for small archives alone. One with
enough stories shows by itself which words are common in it, whatever its language (`terms.common_words`).
"""

from __future__ import annotations

__all__ = ["stopwords"]

_WORDS = {
    "en": """
        about after again against all also am an and any are as at be because been before being between both
        but by can could did do does doing down during each few for from further had has have having he her
        here hers him his how if in into is it its just last like made make many may me might more most much
        must my new no nor not now of off on once one only or other our out over own per same say says she
        should since so some such than that the their them then there these they this those three through to
        told too two under until up upon us very was we were what when where which while who whom why will
        with within without would year years yesterday yet you your said monday tuesday wednesday thursday
        friday saturday sunday first second week month day days people time
        """,
    "de": """
        aber alle als also am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die
        dies diese dieser durch ein eine einem einen einer eines er es für gegen habe haben hat hatte ich ihr
        ihre im in ist ja jahr jahre kann kein keine können man mehr mit nach nicht noch nun nur oder sagte
        sein seine seit sich sie sind so soll sowie über um und uns unter vom von vor war waren wegen weil
        wenn werden wie wieder wir wird worden wurde wurden zu zum zur zwei zwischen
        """,
    "fr": """
        afin ainsi alors après au aussi autre aux avant avec avoir car ce cela ces cette ceux chez comme
        contre dans de depuis des deux dit donc dont du elle en encore entre est et être fait ils jour la le
        les leur leurs lors lui mais même moins ne non nos notre nous on ont ou où par pas pendant peu plus
        pour qu quand que quelque qui sa sans se selon ses si soit son sont sous sur ta tous tout très trois
        un une vers vous était été ans année
        """,
    "es": """
        al algo algunos ante antes año años como con contra cual cuando de del desde dijo donde dos durante el
        ella ellos en entre era es esta este esto estos estas fue fueron ha hace había han hasta hay la las le
        les lo los más me mi mientras muy nada ni no nos nosotros nuestro otra otro para pero poco por porque
        que quien se según ser si sido sin sobre son su sus también tan tanto tiene todo todos tras tres un
        una uno unos ya yo
        """,
    "it": """
        agli ai al alla alle allo anche anni anno avere chi che ci come con contro cui da dal dalla dalle
        degli dei del della delle dello di dopo due era essere fra gli ha hanno ho il in io la le lei lo loro
        ma mentre nei nel nella nelle noi non nostro ogni per perché più poi prima quando quanto quella quello
        questa questo se si sia sono stata stato sua sue sugli sui sul sulla suo tra tre tutti tutto un una
        uno
        """,
    "pt": """
        ano anos ante antes ao aos após até com como contra da das de dela dele depois desde disse do dois dos
        durante ela ele eles em entre era essa esse esta este eu foi foram há isso já mais mas mesmo muito na
        não nas nem no nos nós os ou outra outro para pela pelas pelo pelos por porque quando que quem se
        segundo sem ser seu seus sobre só sua suas também tem todo todos três um uma
        """,
    "nl": """
        aan al alle als bij dan dat de deze die dit door doch dus een eens en er ge geen haar had heb hebben
        heeft hem het hier hij hoe hun in is ja jaar kan maar me meer men met mij naar niet nog nu of om omdat
        onder ons ook op over reeds te tegen toch toen tot twee uit van veel voor want was wat we wel werd
        werden wie wij worden wordt zal ze zegt zei zich zij zijn zo zonder zou
        """,
}  # fmt: skip


def stopwords(language: str) -> frozenset[str]:
    """The commonest words of a language, given by its tag (BCP 47), and of English, which much wire copy is in."""
    return frozenset(f"{_WORDS['en']} {_WORDS.get(language.casefold().partition('-')[0], '')}".split())
