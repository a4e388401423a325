"""A small curriculum folder without a mistake, for tests that make one or load it."""

from pathlib import Path

TOPICS = """\
- {slug: returns, name: 退换货, name_en: Returns}
"""

ATTRIBUTES = """\
payer:
  name: 运费承担方
  ask: "{subject}，运费由谁承担？"
  state: "{subject}，运费由{value}承担。"
"""

LESSON = """\
---
slug: seven-days
kind: platform_rule
title: 七天无理由
title_en: Seven days
summary: 数得清七天
platforms: [tmall]
status: current
topics: [returns]
effective_from: 2017-03-15
source: 《消费者权益保护法》第二十五条
review_by: 2027-06-30
minutes: 3
order: 10
required: true
facts:
  - key: seven-window
    refs: [R-05]
    type: window
    subject: 七天无理由退货
    number: 7
    unit: 天
    event: 签收
    action: 申请七天无理由退货
    note: 签收次日算第一天。
  - key: seven-freight
    refs: [R-05]
    type: value
    subject: 七天无理由退货
    attribute: payer
    value: 顾客
    wrong: [卖家, 平台]
    note: 包邮的也只管寄出那一程。
---
""" + "七天从签收的第二天算起，第七天当天二十四点前提交都有效。" * 10 + "\n"

QUESTIONS = """\
- slug: seven-sign-day
  kind: single
  retrieval: true
  facts: [seven-window]
  stem: 顾客 3 日签收，10 日来申请，怎么回？
  options:
    - text: 还在期限内
      correct: true
    - text: 已经超过
      why: 把签收当天算成了第一天。
  explanation: 签收次日算第一天。
- slug: seven-payer
  kind: true_false
  retrieval: true
  facts: [seven-freight]
  stem: 七天无理由的退回运费由顾客承担。
  answer: true
  explanation: 法律这样规定。
"""

BLUEPRINTS = """\
- slug: small-exam
  title: 小考
  title_en: Small exam
  instructions: 两道题。
  minutes: 5
  pass_mark: 60
  pass_rationale: 会一半就够。
  sections:
    - title: 单选
      title_en: Choice
      topics: [returns]
      kinds: [single]
      count: 1
"""

PLANS = """\
- slug: standard
  name: 提前转正
  name_en: Early confirmation
  requirements:
    - slug: exam
      kind: exam_score
      blueprint: small-exam
      at_least: 60
      title: 小考 60 分
      title_en: Small exam, 60
      rationale: 会一半就够。
"""

COURSES = """\
- slug: first-week
  name: 第一周
  name_en: First week
  summary: 一课一考。
  summary_en: A lesson and an exam.
  days: 2
  units:
    - {day: 1, lesson: seven-days}
    - {day: 1, practice: returns, questions: 5}
    - {day: 2, exam: small-exam, after: [seven-days]}
"""

SHIFTS = """\
- {slug: late, name: 晚班, name_en: Late, starts: "17:00", ends: "23:30"}
"""

FILES = {
    "topics.yaml": TOPICS,
    "attributes/base.yaml": ATTRIBUTES,
    "lessons/seven-days.md": LESSON,
    "questions/seven-days.yaml": QUESTIONS,
    "blueprints.yaml": BLUEPRINTS,
    "plans.yaml": PLANS,
    "courses.yaml": COURSES,
    "shifts.yaml": SHIFTS,
}


def write_folder(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace ``old`` once and return the line on which it stood."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, old
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1
