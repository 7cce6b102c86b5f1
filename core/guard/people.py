"""The words by which people are spoken of: kin, titles, what only people do."""

from __future__ import annotations

from core.guard.lists import word_set

TITLES = word_set("mr mrs ms miss mx dr prof professor lord rev reverend")
TITLES_IN_SMALL_LETTERS = word_set("mr mrs ms mx")
GRAND = word_set(
    "nana nanny nan nanna nannan gran granny grandma grandad granddad grandpa gramps auntie aunty aunt uncle"
)

KIN = word_set(
    "son daughter child boy girl lad lass twin twins sister sisters brother brothers mum mums mam"
    " mother mummy dad dads father daddy parent parents friend friends husband wife partner cousin"
    " nephew niece stepson stepdaughter stepmum stepdad stepfather stepmother grandson granddaughter"
    " grandchild baby toddler sibling siblings kid pupil gran nan nana grandma grandad granny aunt"
    " auntie uncle carer guardian classmate family foster"
)
THEIRS = KIN | word_set(
    "ehcp ehc plan teacher ta key needs anxiety behaviour autism adhd diagnosis meltdowns meltdown"
    " medication class bag peg coat place timetable attendance house home one sensory ear own older"
    " younger little eldest youngest big best school grandparents nanny stepsister stepbrother"
    " solicitor social paediatrician doctor report speech tics seizures"
)
BODIES = word_set("parent parents carer pupil family")
"""Kin that also stand in titles: "Understanding the Parent Carer Journey"."""

WHOSE_NAME = word_set("his her my their its first given full real childs daughters sons boys girls mums dads")
CALLED = word_set("called named nicknamed")
OURS = word_set("my our her his their your the a an")

STRONG = word_set(
    "cries cried hides hid bites bit kicks hits bolts masks eats sleeps whispers prefers struggles"
    " struggled refuses refused loves likes hates hated dreads copes cannot cant wont doesnt didnt"
    " hasnt isnt wasnt wouldnt couldnt never always said says told tells asked asks thinks feels felt"
    " wants wanted wishes walks lives lived attends attended joined left moved settled screams"
    " screamed shouts cried sobs stopped started needs needed gets got goes went comes sits sat plays"
    " runs ran hurt arrives arrived travels wears enjoys enjoyed finds found thought knows misses"
    " missed speaks spoke talks reads works worked helps helped has had hit bit threw throws lost"
    " only just also still manages managed used explained mentioned described added agreed offered"
    " suggested rang phoned emailed texted wrote drew"
)
"""What a name does right after it, at the beginning of a sentence; a word that is a name too is then one."""

PEOPLE_ALONE = word_set(
    "cries cried hides hid bites bolts eats sleeps whispers prefers refuses loves hates dreads copes"
    " screams screamed sobs masks told asked thinks wants wishes thought said says tells asks wears"
    " struggles"
)
"""What a word that no list knows is a name with."""

BEING = word_set(
    "is was has had will can could would may might does did isnt wasnt hasnt hadnt wont cant gets got"
)
STATES = word_set(
    "told asked sent excluded suspended restrained scared frightened upset worried happy unhappy sad"
    " autistic anxious deaf blind six seven eight nine ten eleven moved bullied left hit hurt crying"
    " late tired adopted fostered diagnosed here alone settled settling struggling waiting ill poorly"
    " fine mute brilliant lovely shy quiet back home off allowed given put made kept offered refused"
    " getting going having being doing not never still always in on at"
)
STATES_OF_PEOPLE = word_set(
    "told asked sent excluded suspended restrained scared frightened upset worried sad autistic"
    " anxious deaf blind bullied crying tired adopted fostered diagnosed poorly shy refusing"
    " struggling allowed six seven eight nine ten eleven"
)
NEEDING = word_set("needs cant cannot doesnt wont didnt never")
TO_A_PERSON = word_set(
    "told tell asked ask rang ring phone phoned call calls text texted met meet saw about for that"
    " but because when like unlike thank moved sent if where helped helps supports supported with by"
    " excluded suspended restrained bullied let"
)
TALKS = word_set(
    "spoke speak speaking spoken talk talked talking listened listen listening said happened happens"
    " thanks read"
)
OF_NEEDS = word_set("are were and or in of for with")
"""What makes "needs" a noun: individual needs are met."""

PERSONAL = word_set("he she him her his hers himself herself mum dad mother father nan gran")

PLACES = word_set(
    "road rd street lane close avenue drive way court crescent terrace gardens green grove hill park"
    " place square estate farm field fields house hall hospital surgery centre center church chapel"
    " cathedral school schools primary academy infant infants junior juniors ce rc va vc college"
    " nursery preschool class room wing building block hub library cafe pub inn arms hotel bridge"
    " wood woods river station gate trust federation ward garden pavilion stadium museum foundation"
    " award day week festival chain lodge barn mill cottage district county university first middle"
    " high grammar team house"
)
SURNAMES_TOO = word_set("wood woods green lane hill hall park church field fields mill day bridge")
BEFORE_A_PLACE = word_set("in at on near from along off the by outside behind to past of")
SAINTS = word_set("st saint sts saints ss santa san")

BEFORE_A_THING = word_set("the a an each every no any")
NO_NAMES_IN_SMALL_LETTERS = word_set(
    "will may mark hope grant chase drew rob sue pat bill dean art miles rich guy rose grace joy"
    " faith max don jean trace wills sunny jet kit gene lane ray wade dale hunter star angel forest"
    " heather clay frank dawn ash miss ever den can"
)
SMALL = word_set(
    "a an and are as at be but by can did do does for from had has have he her his i if in is it its"
    " me my no nor not of off on or our out she so than that the their them they this to too up was"
    " we were what when who will with would you your day days year class said told asked both each"
    " very never always also just use used"
)
INITIALS_OF_THINGS = word_set(
    "pe ta uk re it ps qa am pm eg ie us eu nb ep pa mp gp ot cv tv dt ks rc ce vc va hq ok ed rm"
)
