"""The codes of the entry check: one for each keyword of the JSON Schema."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

MISSING = Code(
    "YX101",
    Weight.ERROR,
    title="入力されていない",
    fact="{label}が入力されていません。",
    remedy="入力してください。",
    why="この項目がないと、集計も公表もできません。",
    wrong="事業名 (空)",
    right="事業名 区税等の収納方法の拡大",
)

TYPE = Code(
    "YX102",
    Weight.ERROR,
    title="値の種類がちがう",
    fact="{label}の値「{value}」は{wanted}ではありません。",
    remedy="{wanted}を入れてください。",
    why="金額は千円単位の整数、文は文字で持ちます。小数や「約500」のような値は集計できません。",
    wrong="要求額 4017.5",
    right="要求額 4018",
)

CHOICE = Code(
    "YX103",
    Weight.ERROR,
    title="選べる値ではない",
    fact="{label}の値「{value}」は選べる値ではありません。",
    remedy="{choices}のどれかにしてください。",
    why="決まった区分で集計するためです。",
    wrong="区分 拡充分",
    right="区分 レベルアップ分",
)

RANGE = Code(
    "YX104",
    Weight.ERROR,
    title="数が範囲の外にある",
    fact="{label}の {value} は、入れられる範囲({low}～{high})の外です。",
    remedy="桁と単位(千円)を確かめて直してください。",
    why="円と千円を取りちがえた額や、打ちまちがいの年度を見つけるためです。",
    wrong="年度 20200",
    right="年度 2020",
)

LENGTH = Code(
    "YX105",
    Weight.ERROR,
    title="文字数が上限をこえている",
    fact="{label}は {length}字 で、上限の {limit}字 を {over}字 こえています。",
    remedy="上限までに縮めてください。",
    why="上限は、印刷した要求書の枠に入る字数です。こえた分は紙の上で切れて読めません。",
    wrong="200字の枠に 230字",
    right="200字の枠に 198字",
)

UNKNOWN = Code(
    "YX106",
    Weight.ERROR,
    title="様式にない項目がある",
    fact="{label}は様式にない項目です。",
    remedy="項目の名を直すか、その項目を消してください。",
    why="名をまちがえた項目は読まれず、書いたつもりの額が集計に入りません。",
    wrong='"requestd": 4017',
    right='"requested": 4017',
)

ROWS = Code(
    "YX107",
    Weight.ERROR,
    title="行数が上限をこえている",
    fact="{label}は {rows}行 で、上限の {limit}行 をこえています。",
    remedy="行をまとめて上限までにしてください。",
    why="様式の行数をこえた分は、要求書に書き出せません。",
    wrong="小計 3行(区分は 2つ)",
    right="小計 2行",
)

PATTERN = Code(
    "YX108",
    Weight.ERROR,
    title="決められた書き方ではない",
    fact="{label}の「{value}」は決められた書き方ではありません。",
    remedy="{hint}書き方を直してください。",
    why="番号や日付は、書き方をそろえて照らし合わせます。",
    wrong="要求書ID 301の1",
    right="要求書ID 0301-1",
)

CODES = (MISSING, TYPE, CHOICE, RANGE, LENGTH, UNKNOWN, ROWS, PATTERN)
