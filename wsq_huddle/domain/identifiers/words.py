"""The words that the guard goes by: who is a patient, what happens to patients, what belongs to the house."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _set("mr mrs ms miss mister herr frau mme madame monsieur señor señora")
STAFF = _set("""
    dr doctor prof professor nurse rn lpn lvn cna np pa md do charge supervisor manager director tech technician
    therapist pharmacist clerk secretary engineer vendor rep owner lead leader coordinator aide intern
    resident-physician chaplain dietitian porter transporter hospitalist surgeon anesthesiologist midwife team
    by thanks thank asked ask asks called told spoke with via cc per from for sister officer
""")
SHORTENED = _set("mr mrs ms dr st pt pts pat no nr rm prof vs approx e.g i.e jr sr")
PATIENTS = _set("""
    patient patients pt pts resident inpatient outpatient baby infant newborn neonate
""")
DOTTED = _set("pat")
"""Who is a patient only with a stop behind: `Pat. Smith`; without one it is somebody's first name."""
BABIES = _set("baby infant newborn")
BETWEEN = _set("boy girl named name is called : , ( .")
"""What may stand between the word for a patient and the name."""

EVENTS = _set("""
    fall falls fell fallen faint fainted collapse collapsed coded died dies death deceased arrested seizure
    seized aspirated aspiration choked overdose anaphylaxis bleed bleeding bled hemorrhage haemorrhage stroke
    eloped elopement suicide suicidal self-harm assault assaulted attacked intubated extubated restrained
    delirium delirious vomited tear clabsi cauti mislabeled
""")
EVENTS_OF_TWO = frozenset(
    tuple(pair.split())
    for pair in [
        "pressure injury",
        "pressure ulcer",
        "skin tear",
        "wrong dose",
        "wrong med",
        "wrong medication",
        "wrong medicine",
        "wrong drug",
        "wrong patient",
        "wrong blood",
        "med error",
        "medication error",
        "double dose",
        "missed dose",
        "head strike",
        "hit head",
        "cardiac arrest",
        "respiratory arrest",
        "allergic reaction",
        "code blue",
        "rapid response",
        "passed away",
        "on floor",
        "low sugar",
    ]
)
FALLING = _set("fell fall falls fallen collapsed")
DENIALS = _set("no not without zero since 0 drill")
COMPOUNDS = _set("""
    mat mats risk risks sign signs sensor sensors alarm alarms bundle bundles kit kits cart carts prevention
    score rate rates band bands lift lifts transport transporter transporters monitor monitors monitoring safety
    experience satisfaction bed beds chair chairs toilet bathroom tv phone phones gown gowns belongings portal
    flow board boards whiteboard census scale scales room rooms care handling education survey surveys family
    families load volume drill drills team protocol training audit audits trays tray meals food label labels
    printer wristband wristbands list days hours slide slides cuff cuffs pathway
""")
"""Words that make a thing of the word before: `fall mat`, `patient lift`."""

MANNERS = _set("behind short off out asleep through apart back to below above")
"""What makes a manner of speaking of `fell`."""

THINGS = _set("""
    alarm alarms pump pumps monitor monitors rail rails sink toilet tv light lights lamp battery outlet oxygen
    suction leak leaks leaking broken wall tile ceiling door window lock curtain mattress lift wheel wheels
    brake motor cable cord plug printer scanner computer pc workstation phone telephone screen cart ventilator
    bedrail linen cleaning clean dirty blocked clogged drain heating cooling hvac temperature cold hot noise
    smell mold pest ants order repair repairs repaired service biomed facilities engineering evs housekeeping
    mat mats remote speaker wifi call-light call-bell bell button sensor scale scales rebooted reboots hisses
    dead
""")
VERBS = _set("""
    fell died coded seized aspirated eloped vomited collapsed fainted choked arrested bled overdosed wandered
""")
"""What only people do, and mostly patients."""

WAS = _set("was is were had has got")
DONE_TO = _set("""
    found intubated extubated restrained transferred admitted discharged confused agitated aggressive septic npo
    dnr combative incontinent hypotensive febrile a seizure seizures stroke fall sepsis mrsa covid vre cdiff
    allergic diabetic unresponsive drowsy dizzy swabbed
""")
REFUSED = _set("refused refuses declined declines missed pulled removed")
WHAT_PATIENTS_REFUSE = _set("""
    meds med medication medications medicine insulin treatment food breakfast lunch dinner blood dialysis
    surgery bath turning therapy discharge antibiotics heparin dose doses her his out iv line foley tube picc
    oxygen
""")
RELATIVES = _set("""
    daughter son wife husband mother father mom dad sister brother niece nephew spouse partner family parents
    granddaughter grandson
""")
OWN = RELATIVES | _set("""
    chart meds medication insulin labs biopsy surgery discharge transfer dressing wound iv catheter foley
    consent allergy allergies band wristband mri ct blood bloods tray dialysis sitter belongings dentures
    glasses ride
""")
MOVES = _set("""
    discharge discharged transfer transferred admit admitted intubate intubated extubated readmit readmitted
""")
NEEDED_FOR = _set("""
    sitter restraints interpreter dialysis antibiotics insulin isolation 1:1 observer
""")
ACTS = _set("""
    will to covers covered called calls asks asked brings brought checks checked found takes took reported
    reports noticed caught helped helps stays stayed orders ordered fixed fixes knows said says looks works
    trains trained owns leads teaches owes phoned rang rings signed wrote writes from at of in-charge charge rn
""")
"""What people of the house do, right behind their name."""

DEPARTMENTS = _set("""
    facilities biomed it pharmacy lab laboratory imaging radiology transport housekeeping evs security supply
    dietary kitchen engineering purchasing hr finance administration vendor quality maintenance
""")
VENDORS = _set("""
    stryker baxter philips hill-rom hillrom ge siemens medtronic alaris bd bbraun braun epic cerner pyxis
    omnicell draeger dräger zoll masimo fresenius hamilton olympus smiths welch allyn arjo abbott roche otis
    vocera rauland hospira carefusion getinge mindray nihon kohden spacelabs tele teams outlook contin word
    excel office windows
""")

ORDINARY = _set("""
    a about access accident acute adm admin admit admission after again agency aide air airway alarm all allergy
    also ambulance an and annual anesthesia another answer antibiotics any anybody are area as ask at audit
    aspirin baby back badge bag barcode bariatric bathroom battery bay bed beds bedside before behind belongings
    beside between bill bin biopsy birth bleach blood board bone both bottle boy brain break breast building
    bundle bus but by cable cafeteria call camera campus can cancer capacity car card cardiac cardiology care
    cart case catheter ceiling census center central centre chair change chapel charge chart charts chemo child
    children christmas clean clerk clinic clinical clock code cold committee common community complaint computer
    conference consent consult contact contract control corridor cost count cover covid crash crisis critical
    culture curtain cup daily data date day days deaf delay delays delivery department desk device diabetes
    dialysis diet dietary director dirty disaster discharge discharges doctor doctors documentation dome door
    doors dose double down drain drill driver drug due early east education eight elevator emergency employee
    endoscopy engineer epidural equipment error evening every everybody everyone exam expected extra eye
    facilities facility fall falls family fast father fax feeding female fire first five float floor flow flu
    foley food for four friday from front full gas general geriatrics girl glove gloves going good gown group
    guest gurney hall hallway hand handoff harm he head health hearing heart heat help heparin her high hip his
    home hospice hospital hospitalist hot hour hours house housekeeping how huddle ice if imaging immediate in
    incident infant infection influenza infusion injury inpatient insulin insurance intake intensive internal
    interpreter iron is isolation it item its january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec joint kidney kitchen knee lab
    label labels labor ladder ladies lady language last late laundry law lead leadership left level library lift
    light lights line linen list liver lobby local lock long lost lot lounge low lunch lung machine mail main
    maintenance male man management manager many mask masks mass mat maternity mattress maximum meal meals med
    medical medicaid medicare medication medications medicine meds meeting memory men mental metal midnight milk
    missing mobile mobility monday money monitor month more morning most mother motor mouth move my nasal near
    neck need needle neonatal net neuro neurology neurosurgery never new next night nine no nobody noise none
    noon normal north not note nothing now number nurse nurses nursery nursing nutrition observation
    occupational off office old on oncology one only open operating or order orders organ ortho orthopedics
    orthopaedics other our out outpatient over overnight oxygen pacs pager pain palliative pandemic paper parent
    parents parking patient patients pediatrics paediatrics pending people per pharmacist pharmacy phone
    physical physician picc picture plan plaster platform please plus poison police policy portable portal post
    power pre pregnancy preop pressure primary printer private procedure program project protocol provider psych
    psychiatry public pulmonary pump pumps quality question quick radiation radiology ramp rapid rate
    readmission ready recall receiving reception record recovery red referral registration rehab report request
    research residents resource respiratory response restraint restraints results return review right risk room
    rooms round rounds route safe safety same sample satellite saturday scale scanner schedule second secondary
    security sepsis septic server service services seven sheet shift shower side sign signal sink site sitter
    six skin sleep slow snow social some somebody someone south space special specimen speech spine spring staff
    staffing stairs standard state station step stepdown sterile still stock store storm stretcher stroke
    student students sun sunday supplies supply support surge surgeon surgery surgical system table tablet team
    tech technician telemetry temperature ten test than that the theatre their them then there these they third
    this those three thursday tile time to today toilet tomorrow tonight too total toxic train training transfer
    transfers transfusion transplant transport trauma traveler tray trays treatment tree trial triage trolley
    truck trust tube tuesday tv two ultrasound under unit units until up urgent urine urology us vaccine valve
    van vendor ventilator very vessel video violence visit visitor visitors volume volunteer volunteers waiting
    walker wall ward warehouse was waste water we weather wednesday week weekend weight west wheel wheelchair
    when where white who whole why window wing winter with within without woman women work worker workers
    workstation wound wrist written wrong x-ray xray year years yellow yes yesterday you young your zone blue
    green black orange pink gray grey mri ct icu ed er pacu nicu picu ccu sicu micu cvicu iv rn np id dvt chf
    copd uti ekg ecg ehr emr phi nhs tpn npo dnr prn stat md pa do polish spanish english french german arabic
    russian chinese vietnamese korean japanese portuguese italian somali ukrainian turkish hindi urdu tagalog
    mandarin cantonese american bilingual whose legs leg arm lift-team ratio resident client she him picker
    boxes box gauze rack shelf bracket screen speaker cabinet chute crane drone demand sales score scores
    turnaround compliance occupancy attendance production revenue
""")
"""Words that begin with a capital on a board and are nobody's name."""

LANGUAGES = _set("spanish polish english french german arabic russian vietnamese")

FIRST = _set("""
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony
    donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob
    gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander
    raymond patrick jack dennis jerry tyler aaron jose juan luis carlos pedro miguel mary patricia jennifer
    linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily
    donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
    angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
    catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn
    judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice
    jean alice julia judy sophia jane ana carmen rosa elena fatima aisha mohammed muhammad ahmed ali omar ivan
    olga wei li mei yuki raj priya amit peter hans karl heinz ursula ingrid erika
""")
LAST = _set("""
    smith johnson williams jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson
    thomas taylor moore jackson martin lee perez thompson harris sanchez clark ramirez lewis robinson walker
    allen wright scott torres nguyen hill flores adams nelson baker hall rivera campbell mitchell carter roberts
    gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers
    gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks
    chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross
    foster jimenez powell jenkins perry russell sullivan bell coleman butler henderson barnes fisher vasquez
    simmons romero jordan patterson kowalski doe novak schmidt schneider fischer weber meyer wagner becker
    schulz hoffmann petrov ivanov ivanova silva santos khan singh kumar shah chen wang zhang liu yang huang tran
    pham brown
""")
PLAIN = frozenset(FIRST | LAST) - _set("""
    long price cook ward wood gray hill bell perry baker hall reed young brown black lee may mark frank jack
    jean ann foster butler fisher walker turner carter cooper parker cox brooks barnes jordan becker meyer li
    ali mei wei wright will art bill rose grant chase dean drew faith grace hope joy sanders powell morgan
    sterling jose diaz page
""")
"""Names that are no words, so that they count in lower case too."""

PLACES = _set("bay bed bedspace cubicle rm room")
"""Words that a bed's number stands behind."""
GOES_ON = _set("""
    and at with on no while after before needs is was has had wants - , . : ; ! ? ( / could did said got
""")
"""What follows a bed's number where it is a place: `in 12 and hit head`."""
COUNTED = _set("""
    h d w min mins minutes hours days weeks months years units wards rooms beds departments areas patients
    people cases of times shifts % st nd rd th yo y
""")
"""What follows a number that counts: `in 12 units`."""
OF_THINGS = _set("""
    po wo sr inc req ticket tickets serial sn lot lots asset tag tags model ref reference order orders part item
    items invoice catalog catalogue cat sku ndc udi gtin batch recall recalled version build barcode contract
    incident report work po# wo# requisition purchase event case# rl
""")
"""What a number belongs to that is nobody's."""
OF_THE_HOUSE = _set("""
    vendor hotline helpdesk help support service rep biomed pharmacy on-call oncall pager desk supplier company
    facilities engineering lab security transport switchboard operator sales warehouse
""")
"""Whose telephone is no patient's."""
SINCE_THEN = _set("""
    installed bought purchased built manufactured dated policy revision version edition since opened contract
    expired expires expiry recall certificate inspected serviced
""")
"""What a day long ago was that nobody was born on."""
SHARED_BOXES = _set("""
    biomed it help helpdesk support info pharmacy lab facilities security transport quality safety purchasing
    orders service office admin postmaster huddle nursing staffing
""")
"""Addresses that many people read."""
FREE_OF_CHARGE = _set("800 833 844 855 866 877 888")
"""Numbers that only firms have."""
