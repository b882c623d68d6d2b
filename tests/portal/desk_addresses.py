"""Every address of the desk, and who is let in there."""

# The columns: who may look (GET), who may send (POST), the address below /admin/, what is sent. People are
# (a)uthor, (e)ditor, (r)eviewer and (s)uperuser, the administrator; for those left out it is 403. A number is
# what all of them get.
ITEM = """
aes  aes  ./
aes  aes  ./add/
aes  aes  ./{pk}/change/
aes  405  ./{pk}/preview/
aes  aes  ./{pk}/history/
-es  -es  ./{pk}/unpublish/
-es  -es  ./{pk}/delete/
405  -es  ./{pk}/care/        do=owner
405  -es  ./{pk}/care/        do=date
405  -es  ./{pk}/care/        do=reviewed
302  302  ./{pk}/
"""


SITE = """
aes  aes  ./
403  403  ./add/
aes  --s  ./{pk}/change/
aes  405  ./{pk}/preview/
aes  aes  ./{pk}/history/
--s  --s  ./{pk}/unpublish/
403  403  ./{pk}/delete/
405  --s  ./{pk}/care/        do=owner
405  --s  ./{pk}/care/        do=reviewed
302  302  ./{pk}/
"""


ANSWER = """
-ers -ers ./
-ers -ers ./add/
-ers -ers ./{pk}/change/
-ers 405  ./{pk}/preview/
-ers -ers ./{pk}/history/
-es  -es  ./{pk}/unpublish/
-es  -es  ./{pk}/delete/
405  -es  ./{pk}/care/        do=reviewed
302  302  ./{pk}/
"""


REPORT = """
aes  405  outline/
405  -es  outline/change/     do=publish
405  aes  outline/change/     do=up:pillar-{pillar}
aes  405  history/{key}/
405  aes  history/{key}/1/restore/
aes  405  removed/
aes  405  scheduled/
405  -es  scheduled/{later}/cancel/
405  -es  scheduled/{later}/move/
aes  405  preview/all/
aes  405  preview/all/site/
aes  405  preview/all/site/report/
aes  aes  preview/all/share/
aes  405  share-links/
405  aes  share-links/{by_author}/withdraw/
405  -es  share-links/{by_editor}/withdraw/
aes  -es  approval/{handed_in}/   do=approve
aes  -es  approval/{handed_in}/   do=publish&minor=on
aes  -es  approval/{handed_in}/   do=return&remark=Why
aes  a--  approval/{handed_in}/   do=take_back
aes  -es  releases/           name=Winter
aes  -es  releases/{release}/     do=save&name=Fall
aes  -es  releases/{release}/     do=publish&name=Fall&note=New
aes  -es  releases/{release}/     do=schedule&name=Fall&note=New
aes  -es  releases/{release}/     do=call_off
aes  -es  releases/{release}/     do=delete
-es  -es  bulk/initiative/publish/?item={initiative}   item={initiative}
-es  -es  bulk/initiative/release/?item={initiative}   item={initiative}
-es  -es  bulk/initiative/owner/?item={initiative}     item={initiative}
aes  aes  bulk/initiative/due/?item={initiative}       item={initiative}
aes  aes  bulk/initiative/status/?item={initiative}    item={initiative}
aes  aes  bulk/initiative/move/?item={initiative}      item={initiative}
405  aes  presence/initiative/{key}/
aes  405  due/
aes  aes  emails/
aes  405  round-trip/
aes  405  round-trip/export/
405  aes  round-trip/import/
405  aes  round-trip/keep/
--s  --s  redact/
"""


FILES = """
aes  aes  ./
aes  aes  ./add/
aes  -es  ./{upload}/change/
aes  aes  ./{upload}/history/
403  403  ./{upload}/delete/
aes  405  ./file/{file}
302  302  ./{upload}/
"""


# The editor's script shows what it gets, so strangers get words there and no page to sign in at.
FOR_SCRIPTS = """
405  aers markdown-preview/
405  aes  markdown-upload/
"""


COMMENTS = """
--rs 405  ./
403  403  ./add/
405  --rs ./sort/             do=read&comment={comment}
405  --rs ./undo/             batch={comment}
--rs 405  ./steps/
--rs --rs ./triage/           do=read&comment={comment}
--rs 405  ./rules/
--rs 405  ./numbers/
--rs --rs ./digest/
---s ---s ./records/          reason=x
--rs 405  ./export.csv
--rs 405  ./export.json
--rs 405  ./{comment}/change/
404  404  ./no-comment/change/
--rs --rs ./{comment}/history/
403  403  ./{comment}/delete/
405  --rs ./{comment}/show/
405  --rs ./{comment}/note/   text=Hm
--rs --rs ./{comment}/redact/
302  302  ./{comment}/
"""


TAGS = """
--rs --rs ./
--rs --rs ./add/
--rs ---s ./{tag}/change/
--rs --rs ./{tag}/history/
---s ---s ./{tag}/delete/
302  302  ./{tag}/
"""


# Records officers set holds, too (tests/feedback/test_retention.py).
HOLDS = """
---s ---s ./
---s ---s ./add/
---s ---s ./{hold}/change/
---s ---s ./{hold}/history/
---s ---s ./{hold}/delete/
302  302  ./{hold}/
"""


ACCOUNTS = """
---s ---s ./
---s ---s ./add/
---s ---s ./{person}/change/
---s ---s ./{person}/password/
---s ---s ./{person}/history/
---s ---s ./{person}/delete/
302  302  ./{person}/
"""


EVERYBODY = """
aers aers ./
aes  aes  ./initiatives/
-ers -ers ./feedback/
---s ---s ./auth/
aers 405  ./jsi18n/
403  405  ./autocomplete/
404  404  ./r/{type}/{initiative}/
404  404  ./nowhere
"""


# Where each table stands; that of items stands for every kind of item that has no table of its own.
KINDS = ("pillar", "section", "initiative", "agency", "audience", "place", "document")


TABLES = [
    *((f"initiatives/{kind}/", ITEM) for kind in KINDS),
    ("initiatives/site/", SITE),
    ("feedback/answer/", ANSWER),
    ("desk/", REPORT),
    ("initiatives/upload/", FILES),
    ("initiatives/upload/", FOR_SCRIPTS),
    ("feedback/comment/", COMMENTS),
    ("feedback/tag/", TAGS),
    ("feedback/legalhold/", HOLDS),
    ("auth/user/", ACCOUNTS),
    ("", EVERYBODY),
]
