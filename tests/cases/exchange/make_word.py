#!/usr/bin/env python3
"""Makes the Word drafts of `word/` and their expectations (`<file>.期望.yaml`): drafts as an office, WPS or LibreOffice leaves them.

    python3 -m venv venv && venv/bin/pip install python-docx msoffcrypto-tool pyyaml
    apt-get install --no-install-recommends libreoffice-writer     # for LO通知.docx, 从doc来.docx, 旧格式.doc
    venv/bin/python make_word.py                      # all of word/
    venv/bin/python make_word.py --only 修订           # the files whose name contains it

The same bytes come out each time (python-docx 1.2.0, msoffcrypto-tool 6.1.0); what LibreOffice writes is of LibreOffice 7.4 of
Debian 12. All texts are invented (示例), no sentence is copied from a published document.
"""

import argparse
import io
import re
import struct
import zlib
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

import common
from common import archive, bomb, encrypt, expect, office, ole_times, seal

WORD = common.HERE / "word"
RAISE = str.maketrans("0123456789-+/", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᐟ")
LOWER = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MARKS = re.compile(r"(\*\*.+?\*\*|\^.+?\^|~.+?~)")


def keep(name, data):
    WORD.mkdir(exist_ok=True)
    path = WORD / name
    path.write_bytes(data)
    return path


def pieces(text):
    """(`text`, `bold`, `sup`, `sub`) of the marks that these scripts write: **bold**, ^raised^, ~lowered~."""
    for part in MARKS.split(text):
        if part.startswith("**"):
            yield part[2:-2], "bold"
        elif part.startswith("^"):
            yield part[1:-1], "sup"
        elif part.startswith("~"):
            yield part[1:-1], "sub"
        elif part:
            yield part, ""


def said(text):
    """The text as it is expected: raised and lowered characters as such, bold as plain."""
    return "".join(t.translate(RAISE) if k == "sup" else t.translate(LOWER) if k == "sub" else t for t, k in pieces(text))


# python-docx --------------------------------------------------------------------------------------------------------------


class Draft:
    """A draft of python-docx that remembers what it should read as."""

    def __init__(self):
        self.doc = Document()
        self.doc.core_properties.author = "赵示例"
        section = self.doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        self.text, self.tables = [], []

    def add(self, text, font="仿宋_GB2312", size=16, align=None, indent=True, bold=False, style=None, right=0, expected=True):
        p = self.doc.add_paragraph(style=style)
        p.paragraph_format.line_spacing = Pt(28)
        p.paragraph_format.space_after = Pt(0)
        if align is not None:
            p.alignment = align
        elif indent:
            p.paragraph_format.first_line_indent = Pt(size * 2)
        if right:
            p.paragraph_format.right_indent = Pt(size * right)
        for part, kind in pieces(text):
            run = p.add_run(part)
            run.font.size = Pt(size)
            run.font.name = "Times New Roman"
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
            run.bold = bold or kind == "bold" or None
            if kind == "sup":
                run.font.superscript = True
            if kind == "sub":
                run.font.subscript = True
        if expected:
            self.text.append(said(text))
        return p

    def title(self, text):
        return self.add(text, "方正小标宋简体", 22, WD_ALIGN_PARAGRAPH.CENTER, False)

    def one(self, text, style=None):
        return self.add(text, "黑体", style=style)

    def two(self, text, style=None):
        return self.add(text, "楷体_GB2312", style=style)

    def right(self, text, right=4):
        return self.add(text, align=WD_ALIGN_PARAGRAPH.RIGHT, right=right)

    def blank(self):
        self.add("", expected=False)

    def new_page(self):
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(self, rows, merges=(), heads=1):
        table = self.doc.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                p = table.cell(r, c).paragraphs[0]
                for part, kind in pieces(str(value)):
                    run = p.add_run(part)
                    run.font.size = Pt(12)
                    run.bold = True if r < heads else None
                    if kind == "sup":
                        run.font.superscript = True
        for (r1, c1), (r2, c2) in merges:
            table.cell(r1, c1).merge(table.cell(r2, c2))
        for row in table.rows[:heads]:
            mark = row._tr.get_or_add_trPr().makeelement(qn("w:tblHeader"), {})
            row._tr.get_or_add_trPr().append(mark)
        # An empty paragraph that merging leaves is no text.
        for cell in table._tbl.iter(qn("w:tc")):
            for p in list(cell.findall(qn("w:p")))[1:]:
                if not "".join(p.itertext()):
                    cell.remove(p)
        self.tables.append({"表": len(self.tables) + 1, "表头行": heads, "行": [[said(str(v)) if v is not None else "" for v in row] for row in rows],
                            **({"合并": [f"{r1 + 1}行{c1 + 1}列至{r2 + 1}行{c2 + 1}列" for (r1, c1), (r2, c2) in merges]} if merges else {})})
        self.text.append(f"〔表{len(self.tables)}〕")

    def bytes(self):
        out = io.BytesIO()
        self.doc.save(out)
        return seal(out.getvalue(), lambda n, b: None if n == "docProps/thumbnail.jpeg" else b.replace(b'<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>', b"") if n == "_rels/.rels" else b)

    def expect(self, path, about, genre, parts, **more):
        expect(path, about, {"命令": f"hongtou import {path.name} --as {genre}", "文种": genre, "正文": self.text, "表格": self.tables, "要素": parts, **more})


OFFICE = "示例市工业和信息化局"


def notice():
    d = Draft()
    d.title(OFFICE)
    d.title("关于做好2025年度新材料产业奖补资金申报工作的通知")
    d.blank()
    d.add("各区县（市）工信主管部门，各开发区经发局，各有关企业：", indent=False)
    d.add("为做好2025年度新材料产业奖补资金（以下简称“奖补资金”）的申报工作，按照**公开、公平、公正**的原则，现将有关事项通知如下：")
    d.one("一、申报范围")
    d.two("（一）申报企业")
    d.add("在本市依法登记、具有独立法人资格，2025年度正常生产经营，并且没有列入严重违法失信名单的新材料企业。")
    d.two("（二）申报事项")
    d.add("1.铝加工产品和氧化铝产品奖励。产品列入指导目录，密度不大于2.72 g/cm^3^，每平方米针孔不超过3个/m^2^的，按销售额分档给予奖励。")
    d.add("2.规模增长奖励。主营业务收入比上年增长的，按增长的百分点给予奖励。")
    d.add("3.绿色化改造资助。包括下列两类支出：")
    d.add("（1）环境服务费用，即委托第三方开展监测、评估、核算的费用；")
    d.add("（2）治理设施投入，即购置和安装废气、废水、固废治理设施的费用，不含土建。")
    d.one("二、时间安排")
    d.add("申报、审核、公示的时间安排见下表。逾期不报的，视为放弃。")
    d.table([("环节", "时间", None, "责任单位"), (None, "开始", "结束", None), ("网上填报", "2026年4月1日", "2026年4月30日", "申报企业"), ("区县推荐", "2026年5月6日", "2026年5月20日", "区县（市）工信主管部门"),
             ("评审和审计", "2026年5月21日", "2026年6月30日", OFFICE), ("公示", "2026年7月", None, OFFICE)],
            [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3)), ((5, 1), (5, 2))], 2)
    d.one("三、工作要求")
    d.add("（一）如实申报。企业对申报材料的真实性负责，弄虚作假的，取消资格，三年内不再受理其申报。")
    d.add("（二）严格审核。各区县（市）要逐户核对营业执照、审计报告和发票，核实线膨胀系数（22×10^-6^/℃）等指标的检测报告。")
    d.add("（三）及时报送。请于2026年5月20日前将推荐文件和汇总表（一式两份）报送我局原材料工业处，电子版同时发至gxj@example.gov.cn。")
    d.add("联系人：赵示例，电话：0000-12345671。")
    d.blank()
    d.add("附件：1.申报材料清单")
    d.add("　　　2.绿色化改造支出明细表（样表）", indent=True)
    d.text[-1] = "2.绿色化改造支出明细表（样表）"
    d.blank()
    d.right(OFFICE)
    d.right("2026年3月20日", 5)
    d.add("（此件公开发布）")
    d.new_page()
    d.add("附件1", "黑体", indent=False)
    d.title("申报材料清单")
    d.add("一、2025年度新材料产业奖补资金申请表。")
    d.add("二、营业执照、上年度审计报告复印件，加盖公章。")
    d.add("三、产品检测报告，检测机构应当具有相应资质。")
    d.add("四、项目投资明细和发票复印件。")
    d.new_page()
    d.add("附件2", "黑体", indent=False)
    d.title("绿色化改造支出明细表（样表）")
    d.add("单位：万元", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    d.table([("序号", "支出类别", "合同名称", "发票金额", "备注"), ("1", "环境服务", "挥发性有机物监测", "12.50", "面积1200 m^2^"), ("2", "治理设施", "布袋除尘器购置", "86.00", ""), ("合计", None, None, "98.50", "")],
            [((3, 0), (3, 2))])
    d.add("注：1.发票金额按不含税的数填写。")
    d.add("2.没有发票的支出不列入。")
    parts = {"标题": OFFICE + "关于做好2025年度新材料产业奖补资金申报工作的通知", "主送": "各区县（市）工信主管部门，各开发区经发局，各有关企业", "署名": [OFFICE], "日期": "2026-03-20",
             "附注": "此件公开发布", "附件": ["申报材料清单", "绿色化改造支出明细表（样表）"]}
    return d, parts


def make_notice():
    d, parts = notice()
    tell = ["没有文号：问，或者印发时再编", "标题分两行（两段），合成一个"]
    path = keep("通知.docx", d.bytes())
    d.expect(path, "python-docx 写的通知：层次号都是打的字，表有两行表头和合并的格，上标是上标格式，附件另起一页。", "通知", parts, 说明=tell)
    lo = seal(office(d.bytes(), "docx", "docx", "docx:MS Word 2007 XML"))
    d.expect(keep("LO通知.docx", lo), "通知.docx 用 LibreOffice 打开再存：字和表都一样。", "通知", parts, 说明=tell)
    doc = office(d.bytes(), "docx", "doc", "doc:MS Word 97")
    back = seal(office(doc, "doc", "docx", "docx:MS Word 2007 XML"))
    d.expect(keep("从doc来.docx", back), "通知.docx 存成旧格式 .doc 再存回来（LibreOffice）：字和表都一样。", "通知", parts, 说明=tell)
    old = keep("旧格式.doc", ole_times(doc))
    expect(old, "旧格式的 Word 文件，是二进制的：读不了，说怎么办。", {"命令": "hongtou import 旧格式.doc", "问题": [{"说": "旧格式的 .doc，请另存为 .docx"}]})


def make_joint():
    d = Draft()
    offices = [OFFICE, "示例市财政局", "示例市科学技术局"]
    for name in offices:
        d.title(name)
    d.title("关于印发《示例市新材料首批次应用示范管理办法（试行）》的通知")
    d.blank()
    d.add("示工信〔2026〕11号", align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    d.blank()
    d.add("各区县（市）工信、财政、科技主管部门，各有关单位：", indent=False)
    d.add("为支持新材料首批次应用，促进产需对接，市工业和信息化局、市财政局、市科学技术局制定了《示例市新材料首批次应用示范管理办法（试行）》，现印发给你们，请结合实际认真贯彻落实。")
    d.blank()
    for name in offices:
        d.right(name)
    d.right("2026年3月20日", 5)
    d.new_page()
    d.title("示例市新材料首批次应用示范管理办法（试行）")
    chapters = {
        "第一章　总则": [
            "为规范新材料首批次应用示范（以下简称“首批次示范”）的组织和管理，发挥财政资金的引导作用，结合本市实际，制定本办法。",
            "本办法所称新材料首批次，是指企业研制成功、性能达到国内先进水平，并且在用户单位首次批量使用的材料产品。同一品种、同一规格的产品，首次使用之日起二十四个月以内的批量，都算首批次。",
            "首批次示范坚持企业自愿、用户认可、专家把关、公开透明的原则，不收取任何费用。",
            "市工业和信息化局负责首批次示范的组织、认定和监督；市财政局负责资金的安排、拨付和绩效评价；市科学技术局负责组织技术评价，推荐中试平台；各区县（市）主管部门负责本辖区的受理、初审和跟踪服务。"],
        "第二章　条件和范围": [
            "申请首批次示范的企业应当同时具备下列条件：\n（一）在本市登记，具有独立法人资格，生产经营满一年；\n（二）有固定的研发团队，研发投入占主营业务收入的比例不低于3%；\n（三）近三年没有发生较大以上安全、环保、质量事故；\n（四）没有列入经营异常名录和严重违法失信名单。",
            "申请首批次示范的产品应当同时具备下列条件：\n（一）列入国家或者本市的新材料目录；\n（二）拥有自主知识产权，权属清楚；\n（三）性能指标由具有资质的机构检测，主要指标不低于目录的要求；\n（四）与用户单位签订了供货合同，合同金额不低于100万元。",
            "用户单位与申请企业之间存在控股、参股或者同一实际控制人等关联关系的，不列入首批次示范；因集团内部专业化分工确有必要的，应当单独说明，由专家组评议。",
            "下列产品不列入首批次示范：\n（一）仅作包装、规格变动，性能没有实质提高的；\n（二）已经获得国家首批次保险补偿的；\n（三）属于淘汰类、限制类产业目录的。"],
        "第三章　申请和认定": [
            "首批次示范每年集中受理一次，受理的时间由市工业和信息化局提前三十日公布。",
            "企业申请时提交下列材料：\n（一）申请书；\n（二）营业执照和上一年度审计报告；\n（三）产品检测报告、知识产权证明；\n（四）供货合同、发票和用户意见。",
            "区县（市）主管部门在收到申请之日起十个工作日以内完成初审。材料不全的，一次告知需要补正的全部内容；企业在五个工作日以内补正。",
            "市工业和信息化局会同市科学技术局从专家库中抽取不少于五名专家，采取资料审查、现场答辩、实地核查相结合的方式评审，形成书面意见。专家与申请企业有利害关系的，应当回避。",
            "评审通过的产品在市工业和信息化局网站公示五个工作日。公示期间有异议的，由市工业和信息化局在十五个工作日以内核实并答复。",
            "公示没有异议的，由市工业和信息化局公布首批次示范名单，有效期两年。"],
        "第四章　支持措施": [
            "对列入名单的产品，按照首批次合同实际到账金额的20%给予企业奖励，单个产品最高不超过200万元，同一企业每年最高不超过500万元。",
            "对首次使用本市首批次产品的用户单位，按照采购金额的5%给予补助，单个单位每年最高不超过100万元。",
            "鼓励保险机构开发首批次质量保险。企业投保的，按照实缴保费的30%给予补贴，单个企业每年最高不超过50万元。",
            "同一事项符合本市多项支持政策的，按照就高不重复的原则执行。"],
        "第五章　监督管理": [
            "奖励资金应当用于研发、检测和扩大生产，企业要单独核算，自觉接受审计和监督检查。",
            "列入名单的企业每年1月31日前报送上一年度应用情况，内容包括销售数量、用户反馈、质量问题和改进措施。",
            "有下列情形之一的，取消示范资格，追回奖励资金，三年以内不再受理其申请：\n（一）提供虚假材料的；\n（二）发生重大质量事故，并且负有主要责任的；\n（三）擅自改变资金用途的。",
            "工作人员滥用职权、玩忽职守、徇私舞弊的，依法给予处分；构成犯罪的，依法追究刑事责任。"],
        "第六章　附则": [
            "各区县（市）可以参照本办法制定本辖区的支持措施。",
            "本办法由市工业和信息化局会同市财政局、市科学技术局负责解释。",
            "本办法自2026年5月1日起施行，有效期两年。"],
    }
    digits = "零一二三四五六七八九"
    number = 0
    for chapter, articles in chapters.items():
        d.add(chapter, "黑体", align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
        for article in articles:
            number += 1
            tens, ones = divmod(number, 10)
            word = ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + (digits[ones] if ones else "")
            for index, line in enumerate(article.split("\n")):
                d.add(f"**第{word}条**　{line}" if index == 0 else line)
    d.expect(keep("联合通知.docx", d.bytes()), "三个机关联合印发办法，六页；正文里有章、条、项，办法在附件的位置而没有“附件”两个字。", "通知",
             {"标题": "".join(offices) + "关于印发《示例市新材料首批次应用示范管理办法（试行）》的通知", "文号": "示工信〔2026〕11号", "主送": "各区县（市）工信、财政、科技主管部门，各有关单位",
              "发文机关": offices, "署名": offices, "日期": "2026-03-20", "印发的文件": "示例市新材料首批次应用示范管理办法（试行）"},
             说明=["标题里三个机关各占一行（一段），合成一个标题，机关之间空一格", "条的序号（第一条）是粗体"])


def make_minutes():
    d = Draft()
    d.title("专题会议纪要")
    d.add("〔2026〕3号", align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    d.add(f"{OFFICE}办公室　　　　　　　　2026年3月18日", indent=False)
    d.text[-1] = f"{OFFICE}办公室　　　　　　　　2026年3月18日"
    d.title("2026年新材料产需对接工作专题会议纪要")
    d.add("2026年3月16日上午，局长张示例在305会议室主持召开专题会议，研究2026年新材料产需对接工作。现将会议议定事项纪要如下：")
    d.add("会议听取了原材料工业处关于去年对接情况和今年安排的汇报。会议指出，去年组织对接活动8场，达成意向46项、金额3.7亿元，但签约率只有41%，问题主要在检测结果不互认、小批量供货成本高。")
    d.add("会议认为，要把产需对接从“办活动”转到“解难题”上来。")
    d.add("会议议定：")
    d.add("**一、关于对接清单。**由原材料工业处牵头，4月10日前编制供给、需求两张清单，每季度更新一次。")
    d.add("**二、关于检测互认。**由科技处商市市场监管局，确定不少于5家互认机构，名单向社会公布。")
    d.add("**三、关于小批量供货。**同意对单笔合同金额50万元以下的首次供货，参照首批次政策研究支持办法，由财务处测算所需资金。")
    d.add("**四、关于任务分工。**分工和完成时间如下：")
    d.table([("序号", "任务", "牵头处室", "完成时间"), ("1", "编制两张清单", "原材料工业处", "4月10日"), ("2", "确定互认机构", "科技处", "5月底"), ("3", "测算所需资金", "财务处", "5月15日")])
    d.add("出席：张示例　李示例　王示例　赵示例")
    d.add("请假：周示例（出差）")
    d.add("列席：吴示例（市市场监管局）　郑示例（示例铝业有限公司）")
    d.add("记录：钱示例")
    d.add("分送：局领导，机关各处室，局属各单位。", indent=False)
    d.add("（共印15份）", indent=False)
    d.expect(keep("会议纪要.docx", d.bytes()), "会议纪要：版头打在正文里，有两个大字的行，第二个才是标题。", "纪要",
             {"标志": "专题会议纪要", "标题": "2026年新材料产需对接工作专题会议纪要", "文号": "〔2026〕3号", "署名": [f"{OFFICE}办公室"], "日期": "2026-03-18",
              "出席": ["张示例", "李示例", "王示例", "赵示例"], "请假": ["周示例（出差）"], "列席": ["吴示例（市市场监管局）", "郑示例（示例铝业有限公司）"], "抄送": "局领导，机关各处室，局属各单位"},
             说明=["文号没有代字，要补", "“分送”就是抄送", "“共印15份”没有对应的要素", "“记录：钱示例”没有对应的要素"])


def make_request():
    d = Draft()
    # Headings by style; a signatory line with the number, as a request upwards has it.
    d.add("示工信〔2026〕9号　　　　　　　　　　　　签发人：张示例", indent=False)
    d.text[-1] = "示工信〔2026〕9号　　　　　　　　　　　　签发人：张示例"
    d.title(f"{OFFICE}关于建设新材料中试公共服务平台的请示")
    d.add("市人民政府：", indent=False)
    d.add("为补齐我市新材料中试环节的短板，我局会同有关单位研究提出了建设新材料中试公共服务平台的意见。现请示如下：")
    d.one("一、建设的必要性", "Heading 1")
    d.add("我市现有新材料企业126家，其中有中试条件的只有19家。企业反映，委托外地中试一次平均费用38.6万元、周期11个月，占研发总时间的一半以上。")
    d.one("二、建设的内容", "Heading 1")
    d.two("（一）功能定位", "Heading 2")
    d.add("面向铝基新材料、超硬材料和先进复合材料，提供放大试验、检测验证、工艺包开发三项服务。")
    d.two("（二）建设规模", "Heading 2")
    d.add("利用现有厂房6200 m^2^，其中恒温恒湿实验室不小于800 m^2^，设计年服务能力200批次，单批次最大容积1.5 m^3^。")
    d.two("（三）投资和资金来源", "Heading 2")
    d.add("总投资4860万元，资金来源见下表：")
    d.table([("资金来源", "金额（万元）", "占比"), ("市级财政资金", "2000", "41.2%"), ("企业出资", "2460", "50.6%"), ("申请上级资金", "400", "8.2%"), ("合计", "4860", "100%")])
    d.one("三、请示的事项", "Heading 1")
    d.add("（一）同意建设新材料中试公共服务平台，由我局负责组织实施。")
    d.add("（二）将市级财政资金2000万元列入2026年、2027年预算，每年1000万元。")
    d.add("妥否，请批示。")
    d.add("附件：新材料中试公共服务平台建设方案（另附）")
    d.right(OFFICE)
    d.right("2026年3月20日", 5)
    d.add("（联系人：赵示例，电话：0000-12345671）")
    d.expect(keep("请示.docx", d.bytes()), "请示：标题是样式（Heading 1、Heading 2），序号打在字里；文号和签发人在一行。", "请示",
             {"标题": f"{OFFICE}关于建设新材料中试公共服务平台的请示", "文号": "示工信〔2026〕9号", "签发人": ["张示例"], "主送": "市人民政府", "署名": [OFFICE], "日期": "2026-03-20",
              "附注": "联系人：赵示例，电话：0000-12345671", "附件": ["新材料中试公共服务平台建设方案（另附）"]},
             层次=[{"级": 1, "字": "一、建设的必要性"}, {"级": 1, "字": "二、建设的内容"}, {"级": 2, "字": "（一）功能定位"}, {"级": 2, "字": "（二）建设规模"}, {"级": 2, "字": "（三）投资和资金来源"}, {"级": 1, "字": "三、请示的事项"}],
             说明=["附件“另附”，文件里没有它的正文"])


# OOXML written by hand -----------------------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
          'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
          'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
          'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14 wpsCustomData"')
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PAGE = '<w:sectPr>{}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
STYLES = XML + f'''<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="579" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr>%s<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style></w:styles>'''

FORMATS = {"": "", "bold": "<w:b/>", "sup": '<w:vertAlign w:val="superscript"/>', "sub": '<w:vertAlign w:val="subscript"/>'}


def run(text, rpr=""):
    return f'<w:r>{f"<w:rPr>{rpr}</w:rPr>" if rpr else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def runs(text, rpr=""):
    return "".join(run(t, rpr + FORMATS[k]) for t, k in pieces(text))


def para(inner, ppr="", rpr=""):
    """A paragraph; `inner` is text with marks, or XML."""
    if not inner.startswith("<"):
        inner = runs(inner, rpr)
    return f'<w:p>{f"<w:pPr>{ppr}</w:pPr>" if ppr else ""}{inner}</w:p>'


INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
MIDDLE = '<w:jc w:val="center"/>'
END = '<w:jc w:val="right"/>'
BIG = '<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>'


def body(text):
    return para(text, INDENT)


KINDS = {"numbering": "numbering+xml", "comments": "comments+xml", "header1": "header+xml", "footer1": "footer+xml", "footnotes": "footnotes+xml", "styles": "styles+xml"}


def package(document, parts=None, links=(), binaries=(), main="document.main+xml", numbering_style=""):
    """A .docx of document.xml and further parts (`numbering`, `comments`, …)."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    parts = {"styles": STYLES % numbering_style, **(parts or {})}
    types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{word}{KINDS[n]}"/>' for n in parts)
    rels = "".join(f'<Relationship Id="rId{i}" Type="{R}/{n.rstrip("1")}" Target="{n}.xml"/>' for i, n in enumerate(parts, 1)) + "".join(links)
    return [
        ("[Content_Types].xml", XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
         + (f'<Override PartName="/word/document.xml" ContentType="{word if "ms-word" not in main else ""}{main}"/>') + types + "</Types>"),
        ("_rels/.rels", XML + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/_rels/document.xml.rels", XML + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'),
        *([("word/document.xml", document)] if document else []),
        *((f"word/{n}.xml", t) for n, t in parts.items()), *binaries,
    ]


def document(blocks, section=""):
    return XML + f"<w:document {SPACES}><w:body>{''.join(blocks)}{PAGE.format(section)}</w:body></w:document>"


def part(name, inner):
    return XML + f"<w:{name} {SPACES}>{inner}</w:{name}>"


def make_numbered():
    def level(n, kind, text, more=""):
        return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'

    nothing = '<w:suff w:val="nothing"/>'
    numbering = part("numbering", "".join([
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>', level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>' + nothing), level(1, "chineseCounting", "（%2）", nothing),
        level(2, "decimal", "%3.", nothing), level(3, "decimal", "（%4）", nothing), "</w:abstractNum>",
        '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>', level(0, "chineseCountingThousand", "第%1条", '<w:suff w:val="space"/>'), "</w:abstractNum>",
        '<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="singleLevel"/>', level(0, "bullet", "●", nothing), "</w:abstractNum>",
        '<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/>', level(0, "decimalEnclosedCircleChinese", "%1", nothing), "</w:abstractNum>",
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>',
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>']))

    blocks, text = [], []

    def add(words, number="", num=None, lvl=0, ppr="", style=None):
        props = (f'<w:pStyle w:val="{style}"/>' if style else "") + (f'<w:numPr><w:ilvl w:val="{lvl}"/><w:numId w:val="{num}"/></w:numPr>' if num else "") + ppr
        blocks.append(para(words, props, BIG if ppr == MIDDLE else ""))
        text.append(number + said(words))

    title = f"{OFFICE}关于报送新材料企业技术改造计划的通知"
    add(title, ppr=MIDDLE)
    add("各有关企业：")
    add("为摸清今年技术改造的底数，请报送技术改造计划。有关事项通知如下：", ppr=INDENT)
    add("报送范围", "一、", style="1")
    add("规模以上企业", "（一）", 1, 1)
    add("主营业务收入2000万元以上的新材料企业。", "1.", 1, 2)
    add("当年新建投产的企业：", "2.", 1, 2)
    add("已经取得施工许可的；", "（1）", 1, 3)
    add("已经完成备案的。", "（2）", 1, 3)
    add("其他企业", "（二）", 1, 1)
    add("列入专精特新名单的企业。", "1.", 1, 2)
    add("报送内容", "二、", style="1")
    add("项目名称、建设内容和规模；", "●", 3)
    add("总投资和当年计划投资；", "●", 3)
    add("预计新增产能（如碳纤维拉伸模量≥290 GPa、密度1.80 g/cm^3^）。", "●", 3)
    add("填报说明", "三、", style="1")
    rules = ["计划分为新建、扩建、改造三类。", "总投资按备案的数填写。", "设备投资不含税。", "软件投资单独列出。", "外购技术列入其他投资。", "土地费用不计入。", "利用外资的折合人民币。", "计划投资分季度填写。", "进度按月更新。", "开工以领取许可为准。", "竣工以验收为准。", "有疑问的，及时询问。"]
    words = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
    for word, line in zip(words, rules):
        add(line, f"第{word}条 ", 2)
    add("下列情形不报：", ppr=INDENT)
    for circle, line in zip("①②③", ("日常维修；", "办公用品购置；", "车辆购置。")):
        add(line, circle, 4)
    add("报送时间：", "四、", style="1")
    for word, line in zip(words[:2], ("首次报送：2026年4月15日前。", "以后每季度末月25日前。")):
        add(line, f"第{word}条 ", 5)
    add("附则", "五、", style="1")
    add("二〇二六年以前的计划不再补报。本段开头“五、”是自动的，本段没有编号。", ppr=INDENT)
    add(OFFICE, ppr=END)
    add("2026年3月20日", ppr=END)
    path = keep("自动编号.docx", archive(package(document(blocks), {"numbering": numbering}, numbering_style='<w:numPr><w:numId w:val="1"/></w:numPr>')))
    expect(path, "序号都是自动编号，字里没有：一级在样式里（heading 1），第三组从头编（startOverride）。读出来要有序号，和看到的一样。",
           {"命令": "hongtou import 自动编号.docx --as 通知", "文种": "通知", "正文": text, "表格": [], "要素": {"标题": title, "主送": "各有关企业", "署名": [OFFICE], "日期": "2026-03-20"},
            "说明": ["自动编号变成打出来的序号", "● 和①没有公文的层次，照录"]})


def make_tracked():
    ids = iter(range(1, 100))
    who = {"李": 'w:author="李示例" w:date="2026-03-17T10:00:00Z"', "张": 'w:author="张示例" w:date="2026-03-18T16:20:00Z"'}
    ins = lambda text, by, rpr="": f'<w:ins w:id="{next(ids)}" {who[by]}>{run(text, rpr)}</w:ins>'
    gone = lambda text, by: f'<w:del w:id="{next(ids)}" {who[by]}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    mark = lambda kind, by: f'<w:rPr><w:{kind} w:id="{next(ids)}" {who[by]}/></w:rPr>'
    noted = lambda n, text: f'<w:commentRangeStart w:id="{n}"/>{run(text)}<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'
    title = f"{OFFICE}关于召开新材料企业座谈会的通知"
    moved = "会议不安排食宿，不收取费用。"
    row = lambda cells, trpr="": f"<w:tr>{f'<w:trPr>{trpr}</w:trPr>' if trpr else ''}" + "".join(f"<w:tc>{para(c)}</w:tc>" for c in cells) + "</w:tr>"
    border = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    blocks = [
        para(runs(OFFICE + "关于召开新材料企业", BIG) + gone("恳谈", "张") + ins("座谈", "张", BIG) + runs("会的通知", BIG), MIDDLE),
        para("各有关企业："),
        para(run("定于2026年") + gone("6月10日", "李") + ins("6月12日", "李") + run("上午9时在市政务中心") + gone("三", "张") + ins("五", "张") + run("楼会议室召开座谈会。"), INDENT),
        # A move: from here to the end.
        f'<w:p><w:pPr>{INDENT}<w:rPr><w:moveFrom w:id="{next(ids)}" {who["李"]}/></w:rPr></w:pPr><w:moveFromRangeStart w:id="90" {who["李"]} w:name="move1"/><w:moveFrom w:id="{next(ids)}" {who["李"]}>{run(moved)}</w:moveFrom><w:moveFromRangeEnd w:id="90"/></w:p>',
        # A deleted paragraph mark: two paragraphs become one.
        para(run("一、会议内容。听取企业对奖补政策的意见，"), INDENT + mark("del", "张")),
        para(run("研究首批次应用中的困难。"), INDENT),
        # An inserted paragraph mark and text: a paragraph more.
        para(ins("二、参会人员。每家企业安排一名负责人。", "张"), INDENT + mark("ins", "张")),
        para(run("三、报名方式。") + noted(0, "请于6月5日前报送回执。") + ins("逾期视为不参加。", "李"), INDENT),
        # A whole paragraph deleted.
        para(gone("四、会场禁止吸烟。", "李"), INDENT + mark("del", "李")),
        # Only the look is changed: nothing of the text.
        f'<w:p><w:pPr>{INDENT}<w:pPrChange w:id="{next(ids)}" {who["张"]}><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange w:id="{next(ids)}" {who["张"]}><w:rPr/></w:rPrChange></w:rPr><w:t>请准时参加。</w:t></w:r></w:p>',
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="4400"/><w:gridCol w:w="4400"/></w:tblGrid>'
        + row(("时间", "议程")) + row((run("9:00—9:30"), run("情况") + gone("介绍", "张") + ins("通报", "张")))
        + row((gone("9:30—9:40", "李"), gone("茶歇", "李")), f'<w:del w:id="{next(ids)}" {who["李"]}/>')
        + row((ins("9:30—11:00", "李"), ins("企业发言", "李")), f'<w:ins w:id="{next(ids)}" {who["李"]}/>') + "</w:tbl>",
        # An insertion of one, in which the other deleted.
        para(run("联系人：") + f'<w:ins w:id="{next(ids)}" {who["李"]}>{run("赵示例")}<w:del w:id="{next(ids)}" {who["张"]}><w:r><w:delText>、钱示例</w:delText></w:r></w:del></w:ins>' + run("，电话：0000-12345671。"), INDENT),
        f'<w:p><w:pPr>{INDENT}<w:rPr><w:moveTo w:id="{next(ids)}" {who["李"]}/></w:rPr></w:pPr><w:moveToRangeStart w:id="91" {who["李"]} w:name="move1"/><w:moveTo w:id="{next(ids)}" {who["李"]}>{run(moved)}</w:moveTo><w:moveToRangeEnd w:id="91"/></w:p>',
        para(noted(1, OFFICE), END), para("2026年3月19日", END),
    ]
    comments = part("comments", f'<w:comment w:id="0" {who["张"]} w:initials="张">{para("回执要不要附格式？")}</w:comment><w:comment w:id="1" {who["李"]} w:initials="李">{para("落款请核对日期。")}{para("建议20日印发。")}</w:comment>')
    accepted = [title, "各有关企业：", "定于2026年6月12日上午9时在市政务中心五楼会议室召开座谈会。", "一、会议内容。听取企业对奖补政策的意见，研究首批次应用中的困难。", "二、参会人员。每家企业安排一名负责人。",
                "三、报名方式。请于6月5日前报送回执。逾期视为不参加。", "请准时参加。", "〔表1〕", "联系人：赵示例，电话：0000-12345671。", moved, OFFICE, "2026年3月19日"]
    rejected = [title.replace("座谈", "恳谈"), "各有关企业：", "定于2026年6月10日上午9时在市政务中心三楼会议室召开座谈会。", moved, "一、会议内容。听取企业对奖补政策的意见，", "研究首批次应用中的困难。",
                "三、报名方式。请于6月5日前报送回执。", "四、会场禁止吸烟。", "请准时参加。", "〔表1〕", "联系人：，电话：0000-12345671。", OFFICE, "2026年3月19日"]
    changes = [("张示例", "删", "恳谈"), ("张示例", "增", "座谈"), ("李示例", "删", "6月10日"), ("李示例", "增", "6月12日"), ("张示例", "删", "三"), ("张示例", "增", "五"), ("李示例", "移", moved), ("张示例", "并段", "听取企业对奖补政策的意见，"),
               ("张示例", "增", "二、参会人员。每家企业安排一名负责人。"), ("李示例", "增", "逾期视为不参加。"), ("李示例", "删", "四、会场禁止吸烟。"), ("张示例", "删", "介绍"), ("张示例", "增", "通报"), ("李示例", "删行", "9:30—9:40　茶歇"),
               ("李示例", "增行", "9:30—11:00　企业发言"), ("李示例", "增", "赵示例"), ("张示例", "删", "、钱示例")]
    path = keep("修订.docx", archive(package(document(blocks), {"comments": comments})))
    expect(path, "有修订的稿子：两个人改的，有增、删、移动、并段、加段、删段、表格的行、增了又删；另有两条批注。正文是接受以后的。",
           {"命令": "hongtou import 修订.docx --as 通知", "文种": "通知", "正文": accepted, "拒绝后的正文": rejected,
            "表格": [{"表": 1, "表头行": 1, "行": [["时间", "议程"], ["9:00—9:30", "情况通报"], ["9:30—11:00", "企业发言"]]}],
            "拒绝后的表格": [{"表": 1, "表头行": 1, "行": [["时间", "议程"], ["9:00—9:30", "情况介绍"], ["9:30—9:40", "茶歇"]]}],
            "要素": {"标题": title, "主送": "各有关企业", "署名": [OFFICE], "日期": "2026-03-19"},
            "修订": [{"作者": a, "种类": k, "字": t} for a, k, t in changes],
            "批注": [{"作者": "张示例", "在": "请于6月5日前报送回执。", "说": "回执要不要附格式？"}, {"作者": "李示例", "在": OFFICE, "说": "落款请核对日期。建议20日印发。"}],
            "说明": ["按接受修订读，说有几处", "两条批注不带过来，列出", "只改格式的两处不算改字"]})


def make_soft():
    br, tab, soft, nobreak = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", "<w:r><w:softHyphen/></w:r>", "<w:r><w:noBreakHyphen/></w:r>"
    title = f"{OFFICE}关于开展新材料企业问卷调查的通知"
    blocks = [
        para(run(OFFICE, BIG) + br + run("关于开展新材料企业", BIG) + br + run("问卷调查的通知", BIG), MIDDLE),
        para(""),
        para("　各有关企业："),
        # Words cut into runs by the spelling check; an inline bookmark, a proofing mark.
        para(run("　　为了") + '<w:proofErr w:type="spellStart"/>' + run("解新") + '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>' + run("材") + run("料企", "<w:b/>") + run("业的情况", "<w:b/>") + '<w:proofErr w:type="spellEnd"/>' + run("，现开展问卷调查。")),
        # Soft returns for paragraphs, as a paste from a web page leaves them.
        para(run("　　一、对象。全市新材料企业。") + br + run("　　二、方式。网上填写，网址http://www.example.gov.cn/wj。") + br + run("　　三、时间。2026年4月1日至4月20日。")),
        para(tab + run("四、内容。包括：") + tab + run("（一）产品；") + tab + run("（二）用户；")),
        # A tab-separated paste that should have been a table.
        para(run("区县") + tab + run("企业数") + tab + run("负责人")), para(run("巩义市") + tab + run("28") + tab + run("赵示例")), para(run("荥阳市") + tab + run("17") + tab + run("钱示例")),
        para(run("    五、要求。请如实") + run("\xa0", "") + run("填写，不得漏填\xa0。厚度") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("0.8 mm的，请注明牌号“6061") + nobreak + run("T6”。")),
        para(run("　　六、说明。填写‘其他’的，请写明；碳化") + soft + run("硅、氮化") + soft + run("铝按\"陶瓷\"填。") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("表示已选。\u200b")),
        para("　　　　　　　　　　　　　　　　　　　　" + OFFICE), para(tab + tab + tab + tab + run("2026 年 3 月 20 日")),
    ]
    text = [title, "各有关企业：", "为了解新材料企业的情况，现开展问卷调查。", "一、对象。全市新材料企业。", "二、方式。网上填写，网址http://www.example.gov.cn/wj。", "三、时间。2026年4月1日至4月20日。",
            "四、内容。包括： （一）产品； （二）用户；", "〔表1〕", "五、要求。请如实 填写，不得漏填 。厚度≥0.8 mm的，请注明牌号“6061-T6”。", "六、说明。填写‘其他’的，请写明；碳化硅、氮化铝按\"陶瓷\"填。☑表示已选。", OFFICE, "2026 年 3 月 20 日"]
    path = keep("软回车.docx", archive(package(document(blocks))))
    expect(path, "标题用软回车分行，正文用软回车分段，缩进是空格和制表符，署名用空格推到右边，词被拆在几段格式里，另有符号字体、不间断空格、软连字符、零宽空格。",
           {"命令": "hongtou import 软回车.docx --as 通知", "文种": "通知", "正文": text, "表格": [{"表": 1, "表头行": 1, "行": [["区县", "企业数", "负责人"], ["巩义市", "28", "赵示例"], ["荥阳市", "17", "钱示例"]]}],
            "要素": {"标题": title, "标题分行": [OFFICE, "关于开展新材料企业", "问卷调查的通知"], "主送": "各有关企业", "署名": [OFFICE], "日期": "2026-03-20"},
            "说明": ["正文里的软回车当作分段", "用制表符排的三行是表", "第7段中间的两个制表符当作空格", "Symbol 字体的 F0B3 是≥，Wingdings 字体的 F0FE 是☑", "软连字符、零宽空格已去掉，不间断空格当作空格", "引号有三种：“”、‘’、\"\"，照录，提醒"]})


def png(width=120, height=60):
    rows = b"".join(b"\0" + bytes((200, 30 + (x + y) % 60, 40)[i] for x in range(width) for i in range(3)) for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def make_boxes():
    boxed = para("此稿经2026年3月16日局长办公会审议") + para("原则通过")
    shape = ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>3000000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="2400000" cy="900000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="3" name="文本框 3"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>'
             + boxed + '</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="b3" type="#_x0000_t202" style="width:189pt;height:71pt"><v:textbox><w:txbxContent>' + boxed + "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
    picture = ('<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2286000" cy="1143000"/><wp:docPr id="5" name="图片 1" descr="产能分布示意图"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="5" name="image1.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2286000" cy="1143000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
    field = lambda code, shown: f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    title = f"{OFFICE}关于2025年新材料产业运行情况的报告"
    link = '<w:hyperlink r:id="rIdLink">' + run("局门户网站", '<w:u w:val="single"/>') + "</w:hyperlink>"
    blocks = [
        para(title, MIDDLE, BIG),
        para("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-1\" \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + '<w:hyperlink w:anchor="_Toc1">' + run("一、总体情况") + "<w:r><w:tab/></w:r>" + run("1") + "</w:hyperlink>"),
        para('<w:hyperlink w:anchor="_Toc2">' + run("二、存在的问题") + "<w:r><w:tab/></w:r>" + run("1") + '</w:hyperlink><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        para("市人民政府："),
        para(run("现将2025年新材料产业运行情况报告如下：") + shape, INDENT),
        para('<w:bookmarkStart w:id="1" w:name="_Toc1"/>' + run("一、总体情况") + '<w:bookmarkEnd w:id="1"/>', '<w:pStyle w:val="1"/>'),
        para(run("全年完成产值") + field("= 386.5 + 41 \\# \"0.0\"", "427.5") + run("亿元，比上年增长11.8%") + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>' + run("，数据见") + link + run("。产能分布见图1。"), INDENT),
        para(picture, MIDDLE),
        para(run("图") + f'<w:fldSimple w:instr=" SEQ 图 \\* ARABIC ">{run("1")}</w:fldSimple>' + run("　产能分布示意图"), MIDDLE),
        para('<w:bookmarkStart w:id="2" w:name="_Toc2"/>' + run("二、存在的问题") + '<w:bookmarkEnd w:id="2"/>', '<w:pStyle w:val="1"/>'),
        para(run("一是下游应用不足；二是检测能力不够") + '<w:r><w:rPr><w:vanish/></w:rPr><w:t>（这句领导说先不写）</w:t></w:r>' + run("。能耗按E=mc") + run("2", '<w:vertAlign w:val="superscript"/>') + run("一类公式计算的，另见公式："), INDENT),
        f'<w:p><m:oMathPara xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath><m:r><m:t>ρ=m/V</m:t></m:r></m:oMath></m:oMathPara></w:p>',
        # A content control, as OA templates have them.
        f'<w:sdt><w:sdtPr><w:alias w:val="结尾"/></w:sdtPr><w:sdtContent>{para("特此报告。", INDENT)}</w:sdtContent></w:sdt>',
        para(OFFICE, END), para("2026年3月20日", END),
    ]
    parts = {
        "header1": part("hdr", para("内部资料　注意保存", END)), "footer1": part("ftr", para(run("— ") + field("PAGE", "1") + run(" —"), MIDDLE)),
        "footnotes": part("footnotes", f'<w:footnote w:type="separator" w:id="0">{para("<w:r><w:separator/></w:r>")}</w:footnote><w:footnote w:id="2">{para(run(" 按可比价格计算。"))}</w:footnote>'),
    }
    links = [f'<Relationship Id="rIdPicture" Type="{R}/image" Target="media/image1.png"/>', f'<Relationship Id="rIdLink" Type="{R}/hyperlink" Target="http://www.example.gov.cn/" TargetMode="External"/>']
    # rId1 is styles, then header1, footer1, footnotes.
    section = '<w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
    path = keep("文本框.docx", archive(package(document(blocks, section), parts, links, [("word/media/image1.png", png())])))
    expect(path, "文本框（有两种写法，只算一次）、页眉页脚、脚注、图、超链接、目录和其他域、隐藏的字、公式、内容控件。",
           {"命令": "hongtou import 文本框.docx --as 报告", "文种": "报告",
            "正文": [title, "市人民政府：", "现将2025年新材料产业运行情况报告如下：", "一、总体情况", "全年完成产值427.5亿元，比上年增长11.8%，数据见局门户网站。产能分布见图1。", "〔图1〕", "图1　产能分布示意图", "二、存在的问题",
                     "一是下游应用不足；二是检测能力不够。能耗按E=mc²一类公式计算的，另见公式：", "〔公式〕", "特此报告。", OFFICE, "2026年3月20日"],
            "表格": [], "图": [{"图": 1, "文件": "word/media/image1.png", "说明": "产能分布示意图"}],
            "要素": {"标题": title, "主送": "市人民政府", "署名": [OFFICE], "日期": "2026-03-20"},
            "说明": ["文本框里的字没有带进正文：此稿经2026年3月16日局长办公会审议 / 原则通过", "页眉：内部资料　注意保存", "页脚：页码，不用带", "脚注（11.8%后面）：按可比价格计算。", "超链接：局门户网站 → http://www.example.gov.cn/", "目录（两行）没有带", "隐藏的字没有带：（这句领导说先不写）", "公式没有带：ρ=m/V"]})


def make_letter():
    red = '<w:rFonts w:hint="eastAsia" w:ascii="方正小标宋简体" w:hAnsi="方正小标宋简体" w:eastAsia="方正小标宋简体" w:cs="方正小标宋简体"/><w:color w:val="FF0000"/><w:spacing w:val="20"/><w:w w:val="80"/><w:sz w:val="84"/>'
    fang = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:cs="仿宋_GB2312"/><w:sz w:val="32"/>'
    none = "".join(f'<w:{s} w:val="nil"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    cell = lambda inner: f'<w:tc><w:tcPr><w:tcW w:w="8844" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
    layout = lambda rows: f'<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{none}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="8844"/></w:tblGrid>{"".join(f"<w:tr>{cell(r)}</w:tr>" for r in rows)}</w:tbl>'
    line = '<w:r><w:pict><v:line id="直线 2" o:spid="_x0000_s1026" from="0,3pt" to="442pt,3pt" strokecolor="#FF0000" strokeweight="3pt"><v:stroke linestyle="thickThin"/></v:line></w:pict></w:r>'
    rule = '<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>'
    title = f"{OFFICE}关于商请支持新材料检测能力建设的函"
    text = ["我市新材料企业的检测主要依靠外地机构，周期长、费用高。为提高本地检测能力，现商请贵局支持下列事项：",
            "一、支持市质检中心申请铝合金断裂韧性（单位MPa·m^1/2^）、热膨胀系数（单位10^-6^/℃）两项检测资质。", "二、支持企业实验室对外开放，检测结果按规定互认。", "三、共同推荐检测专家，名单由两局商定。", "请于2026年4月10日前函复。"]
    blocks = [
        layout([para(OFFICE, MIDDLE, red)]),
        para(line),
        para("示工信函〔2026〕8号", END, fang),
        para("", ""),
        para(title, MIDDLE, BIG),
        para("", ""),
        para("市市场监督管理局：", "", fang),
        *(para(t, INDENT, fang) for t in text),
        para("专此函达。", INDENT, fang),
        para("", ""),
        para(OFFICE, '<w:wordWrap w:val="0"/>' + END, fang),
        para("2026年3月20日" + "　　", '<w:wordWrap w:val="0"/>' + END, fang),
        para("（联系人：赵示例，电话：0000-12345671）", INDENT, fang),
        f'<w:tbl><w:tblPr><w:tblpPr w:leftFromText="180" w:rightFromText="180" w:vertAnchor="page" w:horzAnchor="margin" w:tblpY="14800"/><w:tblW w:w="8844" w:type="dxa"/>{rule}</w:tblPr><w:tblGrid><w:gridCol w:w="5000"/><w:gridCol w:w="3844"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="8844" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>{para("抄送：市财政局，市科学技术局。")}</w:tc></w:tr>'
        f'<w:tr><w:tc>{para(OFFICE + "办公室")}</w:tc><w:tc>{para("2026年3月20日印发", END)}</w:tc></w:tr></w:tbl>',
        para("", ""),
    ]
    path = keep("WPS函.docx", archive(package(document(blocks))))
    expect(path, "WPS 的函：红头在无边框的表里，红线是图形，版记是浮动的表。这两张表是版式，不是表格。",
           {"命令": "hongtou import WPS函.docx --as 函", "文种": "函", "正文": [OFFICE, "示工信函〔2026〕8号", title, "市市场监督管理局：", *map(said, text), "专此函达。", OFFICE, "2026年3月20日", "（联系人：赵示例，电话：0000-12345671）",
                                                                  "抄送：市财政局，市科学技术局。", OFFICE + "办公室", "2026年3月20日印发"],
            "表格": [], "要素": {"标志": OFFICE, "标题": title, "文号": "示工信函〔2026〕8号", "主送": "市市场监督管理局", "署名": [OFFICE], "日期": "2026-03-20", "附注": "联系人：赵示例，电话：0000-12345671",
                              "抄送": ["市财政局", "市科学技术局"], "印发机关": OFFICE + "办公室", "印发日期": "2026-03-20"},
            "说明": ["红色分隔线由版式画，不用带", "红头、版记在表里，认作要素"]})


def make_hostile():
    d, _ = notice()
    data = d.bytes()

    def bad(name, about, words, data, **more):
        expect(keep(name, data), about, {"命令": f"hongtou import {name}", **more, "问题": [{"说": w} for w in words]})

    empty = archive(package(document([para("")])))
    bad("空.docx", "只有一个空段。", ["没有正文"], empty, 正文=[])
    bad("加密.docx", "通知.docx 加打开密码 123456。", ["有打开密码"], ole_times(encrypt(data, "123456")))
    bad("截断.docx", "通知.docx 的前一半。", ["不完整"], data[: len(data) // 2])
    entities = '<!ENTITY a "示例示例示例示例示例">' + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
    evil = XML + f'<!DOCTYPE w:document [{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]><w:document {SPACES}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p><w:p><w:r><w:t>&file;</w:t></w:r></w:p></w:body></w:document>'
    bad("实体.docx", "XML 里有实体：一个展开成十亿字，一个指到 /etc/passwd。都不展开，不读。", ["实体"], archive(package(evil)))
    head = (XML + f"<w:document {SPACES}><w:body>" + para("示例市工业和信息化局关于测试的通知")).encode()
    bad("炸弹.docx", "正文解开有三百兆字节的空白。不解开，说太大。", ["太大"], bomb(package(None), "word/document.xml", head, b" " * 64, 300, b"</w:body></w:document>"))
    deep = XML + f"<w:document {SPACES}><w:body>" + "<w:tbl><w:tr><w:tc>" * 3000 + para("最里面") + "</w:tc></w:tr></w:tbl>" * 3000 + "</w:body></w:document>"
    bad("嵌套.docx", "表套表三千层：不能栈溢出，说层数太多。", ["层"], archive(package(deep)))
    bad("假的.docx", "其实是网页（HTML），改了扩展名：说不是 Word 文件。", ["不是 Word"], "<html><head><meta charset=\"utf-8\"></head><body><p>示例市工业和信息化局关于测试的通知</p></body></html>\n".encode())
    dummy = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + b"hongtou: a dummy vbaProject.bin, no macro"
    text = [f"{OFFICE}关于测试宏的通知", "各处室：", "本文件带有一个假的宏，照读，说明宏没有理会。", OFFICE, "2026年3月20日"]
    blocks = [para(text[0], MIDDLE, BIG), para(text[1]), para(text[2], INDENT), para(text[3], END), para(text[4], END)]
    macro = archive(package(document(blocks), links=['<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'], binaries=[("word/vbaProject.bin", dummy)],
                            main="application/vnd.ms-word.document.macroEnabled.main+xml"))
    expect(keep("宏.docm", macro), "带（假的）宏的草稿：照读，说明宏没有理会。", {"命令": "hongtou import 宏.docm --as 通知", "文种": "通知", "正文": text, "表格": [],
           "要素": {"标题": text[0], "主送": "各处室", "署名": [OFFICE], "日期": "2026-03-20"}, "说明": ["宏没有理会"], "问题": []})


MAKERS = {"通知 LO通知 从doc来 旧格式": make_notice, "联合通知": make_joint, "会议纪要": make_minutes, "请示": make_request, "自动编号": make_numbered, "修订": make_tracked, "软回车": make_soft, "文本框": make_boxes,
          "WPS函": make_letter, "空 加密 截断 实体 炸弹 嵌套 假的 宏": make_hostile}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="makes word/")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    for name, make in MAKERS.items():
        if arguments.only in name:
            make()
