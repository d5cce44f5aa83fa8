"""A story of an invented agency in the languages of the world, for tests of encodings: no event in it has
happened."""

from __future__ import annotations

__all__ = ["STORIES"]

STORIES = {
    "ja": """灯台の修理が終わる

【ハーウィック共同】ハーウィック市は五日、港の灯台の修理が終わり、来週から見学を再開すると発表した。修理には二年かかった。

市の担当者は「多くの人に登ってもらいたい」と話している。入場料は三百円で、子どもは無料。""",
    "zh": """灯塔修缮完工

北方社哈威克6月5日电 哈威克市政府五日宣布，港口灯塔的修缮工程已经完成，下周起重新向游客开放。工程历时两年。

市政府官员说，希望更多的人登上灯塔观看海景。门票每人三元，儿童免费。""",
    "zh-Hant": """燈塔修繕完工

（北方社哈威克五日電）哈威克市政府今天宣布，港口燈塔的修繕工程已經完成，下週起重新開放民眾參觀。工程歷時兩年。

市府官員說，希望更多人登上燈塔觀看海景。門票每人三十元，兒童免費。""",
    "ko": """등대 수리 끝나

(하윅=북방통신) 하윅시는 5일 항구의 등대 수리가 끝나 다음 주부터 다시 문을 연다고 밝혔다. 수리에는 2년이 걸렸다.

시 관계자는 "많은 시민이 등대에 올라 바다를 보기를 바란다"고 말했다. 입장료는 3천원이며 어린이는 무료다.""",
    "ru": """В Харвике закончили ремонт маяка

ХАРВИК, 5 июня - Северное агентство. Городские власти Харвика сообщили в среду, что ремонт портового маяка
закончен и со следующей недели его снова откроют для посетителей.

«Работы продолжались два года», - сказала представитель мэрии. Вход для детей будет бесплатным, взрослые
заплатят три кроны.""",
    "uk": """У Гарвіку завершили ремонт маяка

ГАРВІК, 5 червня - Північна агенція. Міська влада Гарвіка повідомила у середу, що ремонт портового маяка
завершено і з наступного тижня його знову відкриють для відвідувачів.

За словами речниці міста, роботи тривали два роки. Вхід для дітей буде безкоштовним, її колеги чекають на
гостей щодня.""",
    "bg": """Завърши ремонтът на фара в Харвик

Харвик, 5 юни. Общината в Харвик съобщи в сряда, че ремонтът на пристанищния фар е завършен и от следващата
седмица той отново ще бъде отворен за посетители.

Работата продължи две години, каза говорителят на общината. Входът за деца ще бъде безплатен.""",
    "pl": """Latarnia morska w Harwick znów otwarta

Władze Harwick poinformowały w środę, że zakończył się remont latarni morskiej w porcie. Od przyszłego
tygodnia będzie można ją znów zwiedzać.

Prace trwały dwa lata i kosztowały mniej, niż się spodziewano – powiedziała rzeczniczka miasta. Dzieci wejdą
bezpłatnie, dorośli zapłacą trzy złote.""",
    "cs": """Maják v Harwicku je po opravě znovu otevřen

Město Harwick ve středu oznámilo, že skončila oprava přístavního majáku. Od příštího týdne si ho budou moci
lidé znovu prohlédnout.

Práce trvaly dva roky a stály méně, než se čekalo, řekla mluvčí radnice. Děti mají vstup zdarma, dospělí
zaplatí tři koruny.""",
    "hu": """Elkészült a harwicki világítótorony felújítása

Harwick városa szerdán közölte, hogy befejeződött a kikötői világítótorony felújítása, és a jövő héttől újra
látogatható lesz.

A munka két évig tartott, és kevesebbe került, mint gondolták – mondta a városháza szóvivője. A gyerekeknek
ingyenes a belépő, a felnőtteknek három koronát kell fizetniük.""",
    "hr": """Obnovljen svjetionik u Harwicku

Grad Harwick objavio je u srijedu da je završena obnova lučkog svjetionika te da će se od sljedećeg tjedna
ponovno moći razgledati.

Radovi su trajali dvije godine, rekla je glasnogovornica grada. Za djecu će ulaz biti besplatan, a odrasli
će plaćati tri kune. Više od tisuću ljudi već se prijavilo.""",
    "ro": """Farul din Harwick a fost redeschis

Primăria din Harwick a anunţat miercuri că lucrările la farul din port s-au încheiat şi că acesta va putea
fi vizitat din nou de săptămâna viitoare.

Lucrările au durat doi ani, a spus purtătoarea de cuvânt a oraşului. Copiii intră fără plată, iar adulţii
plătesc trei lei.""",
    "tr": """Harwick deniz feneri yeniden açıldı

Harwick Belediyesi çarşamba günü yaptığı açıklamada, limandaki deniz fenerinin onarımının tamamlandığını ve
fenerin gelecek haftadan itibaren yeniden ziyarete açılacağını bildirdi.

Belediye sözcüsü, çalışmaların iki yıl sürdüğünü söyledi. Çocuklar için giriş ücretsiz olacak, büyükler üç
kuruş ödeyecek.""",
    "el": """Άνοιξε ξανά ο φάρος του Χάρβικ

Ο δήμος του Χάρβικ ανακοίνωσε την Τετάρτη ότι ολοκληρώθηκε η επισκευή του φάρου στο λιμάνι και ότι από την
επόμενη εβδομάδα θα είναι ξανά ανοιχτός για το κοινό.

Οι εργασίες διήρκεσαν δύο χρόνια, είπε η εκπρόσωπος του δήμου. Η είσοδος για τα παιδιά είναι δωρεάν.""",
    "he": """המגדלור בהרוויק נפתח מחדש

עיריית הרוויק הודיעה ביום רביעי כי שיפוץ המגדלור בנמל הסתיים, וכי החל מהשבוע הבא הוא ייפתח שוב לקהל.

העבודות נמשכו שנתיים, אמרה דוברת העירייה. הכניסה לילדים תהיה חינם, ומבוגרים ישלמו שלושה שקלים.""",
    "ar": """إعادة فتح منارة هارويك

أعلنت بلدية هارويك يوم الأربعاء أن أعمال ترميم منارة الميناء انتهت، وأن المنارة ستفتح أبوابها من جديد أمام
الزوار ابتداء من الأسبوع المقبل.

وقالت متحدثة باسم البلدية إن الأعمال استمرت سنتين. والدخول مجاني للأطفال.""",
    "fr": """Le phare de Harwick rouvre après deux ans de travaux

HARWICK, 5 juin (Agence du Nord) - La réparation du phare est terminée et les visiteurs pourront y monter
dès la semaine prochaine, a annoncé mercredi la municipalité.

« Nous espérons que beaucoup de gens viendront », a déclaré le maire, André Lefèvre. L'entrée est gratuite
pour les élèves ; les adultes paieront trois couronnes.""",
    "de": """Leuchtturm von Harwick öffnet wieder

Harwick - Die Reparatur des Leuchtturms im Hafen ist abgeschlossen. Von nächster Woche an dürfen Besucher
wieder hinauf, teilte die Stadt am Mittwoch mit.

Die Arbeiten hätten zwei Jahre gedauert und weniger gekostet als befürchtet, sagte Bürgermeisterin Käthe
Groß. Für Schüler ist der Eintritt frei, für Erwachsene beträgt er fünf Kronen.""",
    "es": """El faro de Harwick abre de nuevo tras dos años

Harwick, 5 jun (Agencia del Norte).- La reparación del faro del puerto terminó y los visitantes podrán subir
desde la próxima semana, informó el miércoles el ayuntamiento.

"Esperamos que venga mucha gente mañana", señaló el alcalde, José Núñez. La entrada será gratis para los
niños; ¿y los demás? Pagarán tres coronas.""",
    "pt": """Farol de Harwick reabre após dois anos de obras

HARWICK, 5 Jun (Agência do Norte) - A reparação do farol do porto está concluída e os visitantes poderão
subir a partir da próxima semana, informou a câmara municipal na quarta-feira.

As obras custaram menos do que se esperava, disse o presidente da câmara, João Simões. A entrada é gratuita
para crianças.""",
    "it": """Il faro di Harwick riapre dopo due anni di lavori

HARWICK, 5 GIU - La riparazione del faro del porto è terminata e da lunedì sarà di nuovo possibile salire,
ha annunciato mercoledì il Comune.

I lavori sono costati meno di quanto si temeva, ha detto il sindaco Nicolò Verità: più visitatori
arriveranno già in estate. L'ingresso è gratuito per i bambini.""",
    "sv": """Fyren i Harwick öppnar igen

Reparationen av fyren i hamnen är färdig och från nästa vecka får besökare åter gå upp, meddelade kommunen
på onsdagen.

Arbetet har pågått i två år och kostat mindre än väntat, säger borgmästaren Åsa Sjöberg. Barn går in gratis,
vuxna får betala tre kronor.""",
    "da": """Fyret i Harwick åbner igen

Reparationen af fyret i havnen er færdig, og fra næste uge må de besøgende igen gå op, oplyser kommunen onsdag.

Arbejdet har varet i to år og kostede mindre end ventet, siger borgmester Søren Ærø. Børn går gratis ind,
voksne må betale tre kroner.""",
    "fi": """Harwickin majakka avataan jälleen

Sataman majakan korjaus on valmis, ja ensi viikosta alkaen kävijät pääsevät taas ylös, kaupunki kertoi
keskiviikkona.

Työ kesti kaksi vuotta ja maksoi vähemmän kuin pelättiin, sanoi kaupunginjohtaja Väinö Hämäläinen. Lapset
pääsevät sisään ilmaiseksi.""",
    "is": """Vitinn í Harwick opnaður á ný

Viðgerð á vitanum við höfnina er lokið og frá og með næstu viku geta gestir farið upp að nýju, að því er
bærinn tilkynnti á miðvikudag.

Verkið tók tvö ár og kostaði minna en búist var við, sagði bæjarstjórinn Þóra Ögmundsdóttir. Börn fá ókeypis
aðgang.""",
    "en": """Harwick lighthouse opens again

HARWICK, June 5 (Northern Wire) – The lighthouse of Harwick will open again next week, the town said on
Wednesday.

“It’s been two years, and we couldn’t wait any longer,” said Renée Müller, the keeper. Tickets are £3 for
adults; the café stays closed.""",
}
