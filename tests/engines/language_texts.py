"""Summaries as startups write them, in many languages: all invented, 8 to 30 words each.

Those in Chinese and Japanese have 16 to 60 letters.
"""

IN_OTHER_LANGUAGES = {
    "pt": (
        "Ajudamos pequenos produtores de café a vender direto para torrefadoras europeias, sem atravessadores.",
        "Plataforma de crédito para motoristas de aplicativo que querem trocar o carro a gasolina por um elétrico.",
        "O nosso sensor avisa o hospital quando a geladeira de vacinas esquenta, antes que as doses se percam.",
        "Software de gestão para clínicas veterinárias: agenda, prontuário, estoque e cobrança num só lugar.",
        "Transformamos óleo de cozinha usado em biodiesel e pagamos os restaurantes pelo WhatsApp.",
        "Inteligência artificial que lê contratos públicos e encontra licitações para pequenas empresas.",
    ),
    "id": (
        "Kami membantu petani kecil menjual hasil panen langsung ke restoran tanpa perantara.",
        "Aplikasi pencatat keuangan untuk warung yang belum pernah memakai komputer.",
        "Sensor murah yang memberi tahu nelayan kapan es di kapal mulai mencair.",
        "Platform belajar daring bagi perawat di puskesmas terpencil, dapat dipakai tanpa sinyal.",
        "Kami mengolah sampah plastik dari sungai menjadi bahan bangunan untuk rumah sederhana.",
        "Layanan antar obat dari apotek terdekat dalam waktu satu jam di kota-kota kecil.",
    ),
    "fr": (
        "Nous aidons les mairies à repérer les fuites d'eau avant que la canalisation ne cède.",
        "Une plateforme qui met en relation les maraîchers et les cantines scolaires de la région.",
        "Logiciel de télésurveillance pour les patients insuffisants cardiaques suivis à domicile.",
        "Des batteries de deuxième vie pour les commerces qui subissent des coupures de courant.",
        "Notre application traduit les courriers administratifs en langage simple pour les nouveaux arrivants.",
    ),
    "de": (
        "Wir helfen Handwerksbetrieben, Angebote in Minuten statt in Stunden zu schreiben.",
        "Eine Plattform für Landwirte, die ihren Strom direkt an Nachbarn verkaufen wollen.",
        "Unsere Sensoren erkennen Risse in Brücken, lange bevor das menschliche Auge sie sieht.",
        "Software zur Terminplanung in Arztpraxen mit weniger Anrufen und kürzeren Wartezeiten.",
        "Künstliche Intelligenz für die Qualitätskontrolle in der Lebensmittelproduktion und im Verpackungswesen.",
    ),
    "es": (
        "Ayudamos a las pequeñas tiendas de barrio a pedir mercancía por mensaje y pagarla a plazos.",
        "Plataforma de telemedicina para comunidades rurales donde el médico llega una vez al mes.",
        "Fabricamos ladrillos con residuos de la minería que pesan la mitad y aíslan el doble.",
        "Inteligencia artificial que detecta fraudes en seguros de automóvil a partir de fotografías.",
        "Una aplicación para que los estudiantes encuentren prácticas pagadas cerca de su casa.",
    ),
    "sw": (
        "Tunawasaidia wakulima wadogo kuuza mazao yao moja kwa moja kwa wanunuzi wa mjini.",
        "Programu ya simu inayowawezesha wauguzi wa vijijini kupata ushauri wa daktari bingwa.",
        "Tunatengeneza majiko ya umeme wa jua kwa familia ambazo bado zinatumia kuni.",
        "Mfumo wa kuweka akiba na kukopa kwa vikundi vya wanawake sokoni.",
        "Huduma ya kusafirisha chanjo kwa pikipiki zenye friji hadi kliniki za mbali.",
    ),
    "ha": (
        "Muna taimaka wa manoma su sayar da amfanin gonarsu kai tsaye ga kasuwanni ba tare da dillalai ba.",
        "Manhaja da ke koya wa yara karatu da lissafi a harshensu ba tare da intanet ba.",
        "Muna samar da wutar lantarki ta hasken rana ga shaguna da asibitocin karkara.",
        "Sabis na aika kuɗi ta waya ga mata masu sana'a a kasuwannin ƙauye.",
        "Na'urar da ke gwada tsabtar ruwan sha a makarantu cikin minti biyar.",
    ),
    "ar": (
        "نساعد المزارعين الصغار على بيع محاصيلهم مباشرة إلى المطاعم دون وسطاء.",
        "منصة تعليمية للأطفال الذين انقطعوا عن المدرسة تعمل دون اتصال بالإنترنت.",
        "نطور أجهزة استشعار رخيصة تكشف تسرب المياه في المباني القديمة.",
        "تطبيق يربط المرضى بأطباء القلب عن بعد ويتابع ضغط الدم يوميا.",
        "حلول دفع رقمية للمتاجر الصغيرة التي لا تملك حسابا مصرفيا.",
    ),
    "he": (
        "אנחנו עוזרים לבתי חולים לאתר זיהומים יום אחד לפני שמופיעים תסמינים.",
        "פלטפורמה לניהול מלאי עבור מסעדות קטנות שזורקות יותר מדי אוכל.",
        "חיישן זול שמודד את לחות הקרקע ושולח לחקלאי הודעה מתי להשקות.",
        "תוכנה שמזהה הונאות בתביעות ביטוח רכב מתוך תמונות.",
        "מערכת לאימון טייסי רחפנים באמצעות מציאות מדומה, ללא סיכון לציוד.",
    ),
    "hi": (
        "हम छोटे किसानों को उनकी फसल सीधे शहर के ग्राहकों तक पहुँचाने में मदद करते हैं।",
        "ग्रामीण स्वास्थ्य कार्यकर्ताओं के लिए एक ऐप जो बिना इंटरनेट के भी चलता है।",
        "सौर ऊर्जा से चलने वाले ठंडे भंडार जो सब्जियों को दो हफ्ते तक ताज़ा रखते हैं।",
        "दुकानदारों के लिए उधार का हिसाब रखने और याद दिलाने वाला सरल मंच।",
        "कृत्रिम बुद्धिमत्ता से एक्स-रे की जाँच, ताकि तपेदिक जल्दी पकड़ में आए।",
    ),
    "zh": (
        "我们帮助小农户把蔬菜直接卖给城市里的餐馆，不需要中间商。",
        "用人工智能检测电池生产线上的缺陷，准确率高于人工检查。",
        "为社区医院提供远程心电监测平台，让老人在家也能得到诊断。",
        "低成本的水质传感器，可以在五分钟内发现重金属污染。",
        "面向中小企业的供应链金融软件，三天内完成放款。",
        "自2021年以来，我们为12万名乡村教师提供离线课程和4G平板电脑。",
    ),
    "ja": (
        "私たちは小さな農家が野菜をレストランに直接販売できるように支援します。",
        "工場の古い機械に取り付けるだけで故障を予測できるセンサーを開発しています。",
        "介護施設の夜勤の負担を減らす見守りカメラとソフトウェアを提供しています。",
        "使用済みの食用油を航空燃料に変える小型の装置を作っています。",
        "中小企業の請求書を自動で読み取り、会計ソフトに入力するサービスです。",
    ),
    "ru": (
        "Мы помогаем небольшим фермам продавать овощи напрямую ресторанам, без посредников.",
        "Платформа для удалённого наблюдения за пациентами после операции на сердце.",
        "Датчики, которые находят утечки тепла в старых домах за один вечер.",
        "Программа для логистических компаний, которая сокращает пустые рейсы грузовиков.",
        "Искусственный интеллект проверяет качество сварных швов прямо на конвейере.",
    ),
    "et": (
        "Aitame väikestel taludel müüa juurvilju otse restoranidele, ilma vahendajateta.",
        "Tarkvara, mis ennustab haiglale, mitu voodikohta homme vabaneb.",
        "Meie andurid leiavad vanade majade soojalekked ühe õhtuga üles.",
    ),
    "yo": (
        "A ń ran àwọn àgbẹ̀ kékeré lọ́wọ́ láti ta irè oko wọn tààrà fún àwọn oníbàárà ní ìlú.",
        "Ètò ìlera orí fóònù tí ó ń so àwọn aláìsàn pọ̀ mọ́ dókítà láìsí ìrìn àjò.",
    ),
    "zu": (
        "Sisiza abalimi abancane ukuthi bathengise imifino yabo ngqo ezitolo zokudla zasedolobheni.",
        "Uhlelo lokusebenza olufundisa izingane ukubala ngesiZulu ngaphandle kwe-inthanethi.",
    ),
    "nl": (
        "Wij helpen kleine boeren om hun groente zonder tussenhandel aan restaurants te verkopen.",
        "Software waarmee ziekenhuizen voorspellen hoeveel bedden er morgen vrijkomen.",
        "De app is gratis, is veilig en is er voor iedereen die zijn huis wil huren of verhuren of delen.",
    ),
    "da": (
        "Software for sygehuse, der forudser, hvor mange senge der bliver ledige for nye patienter under ferien.",
        "Vi hjælper små landbrug med at sælge grøntsager direkte til restauranter uden mellemled.",
    ),
    "af": (
        "Ons help klein boere om hul groente direk aan restaurante te verkoop sonder tussengangers.",
        "Die toestel is goedkoop en is gereed vir klinieke wat ver van die stad of sonder krag is.",
    ),
    "it": (
        "Aiutiamo i piccoli agricoltori a vendere la verdura direttamente ai ristoranti, senza intermediari.",
        "Sensori economici che segnalano le perdite d'acqua negli edifici più vecchi.",
    ),
    "tr": (
        "Küçük çiftçilerin ürünlerini aracısız olarak doğrudan restoranlara satmasına yardımcı oluyoruz.",
        "Hastaneler için yarın kaç yatağın boşalacağını tahmin eden yazılım geliştiriyoruz.",
    ),
    "pl": (
        "Pomagamy małym gospodarstwom sprzedawać warzywa bezpośrednio restauracjom, bez pośredników.",
        "Oprogramowanie, które przewiduje, ile łóżek zwolni się jutro w szpitalu.",
    ),
}

# Startups mix: names and technical words stay English whatever the language.
WITH_ENGLISH_WORDS = (
    "Plataforma SaaS B2B de machine learning para o compliance de fintechs no Brasil, com API aberta.",
    "Kami membangun marketplace dan cold storage untuk UMKM perikanan, dengan dashboard real time.",
    "Notre plateforme cloud de data analytics aide les directions marketing à mesurer leurs campagnes.",
    "Unsere Cloud-Plattform verbindet Start-ups mit Business Angels und liefert Reports auf Knopfdruck.",
    "A Healthy Heart é um app de telemedicina que acompanha pacientes crônicos depois da alta.",
)

IN_ENGLISH = (
    "We help smallholder farmers sell vegetables to city restaurants without middlemen.",
    "Cheap sensors that find leaks in old buildings before the ceiling comes down.",
    "AI-powered robotic process automation software for small insurance brokers in Lagos.",
    "Solar powered cold storage rooms, rented by the crate, for open-air markets.",
    "Mobile money savings groups, insured and audited.",
    "Predictive maintenance analytics platform, wind turbine blade inspection drones.",
    "Plant-based packaging company making compostable coffee capsules in Nairobi.",
    "You no need big machine to know say person eye dey spoil: one clip-on lens, and we book the clinic.",
    "Telemedicina para todos! We connect rural patients with doctors by video and follow their blood pressure.",
    "Nossa missão é cuidar. Our app helps diabetics find out which meals raise their blood sugar, and why.",
    "Bamba Pesa is the wallet that market traders in Kisumu use to pay their suppliers and keep their books.",
    "Feijoada, moqueca, vatapá and pão de queijo, frozen and shipped to Brazilians abroad.",
)

IN_NO_LANGUAGE = (
    "",
    " \n\t",
    "42",
    "Fintech",
    "Pagamentos para todos",
    "SaaS, B2B, AI, IoT",
    "https://www.example.org/sobre-nos/quem-somos/a-nossa-equipe-e-a-nossa-missao-no-brasil",
    "info@ajuda.example, contato@ajuda.example, vendas@ajuda.example, imprensa@ajuda.example",
    "Carlos Eduardo Nogueira, Beatriz Figueiredo, João Pedro Albuquerque, Mariana Vasconcelos",
    "Unilever, Nestlé, Itaú, Natura, Embraer, Petrobras, Vale, Braskem, Suzano",
    "def total(rows): return sum(row['amount'] for row in rows if row['state'] == 'paid')",
    '{"id": 17, "nome": "Ana", "ativo": true, "saldo": 12.5, "cidade": "Recife"}',
    '<div class="hero"><h1>Sobre a empresa</h1><p>Quem somos</p><a href="/contato">Fale conosco</a></div>',
    "+44 20 7946 0000 / +55 11 5550 0000 / 12.5 % / 2026-11-24 / £1,200,000",
    "👁️ 🚀 🌍 💧 💡 🔋 🏥",
    "aaaa bbbb cccc dddd eeee ffff gggg hhhh",
)
