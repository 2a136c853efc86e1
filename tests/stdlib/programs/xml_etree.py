import xml.etree.ElementTree as ET

text = ('<?xml version="1.0"?><!DOCTYPE r><r a="1" xmlns:p="urn:p"><!-- c --><i k="v &amp; w">t&#65;<b/>tail</i>'
        '<p:q p:z="3"/><i>2</i><![CDATA[<raw>]]></r>')
r = ET.fromstring(text)
print(ET.tostring(r), [e.tag for e in r.iter()], "".join(r.itertext()))
print(r.findall("i")[1].text, r.find(".//b").tail, r.find("i[@k]").get("k"), r.find("i[2]").text, r.find("i[last()]").text)
print(r.find("p:q", {"p": "urn:p"}).attrib, r.findtext("none", "default"), r.find("i[.='2']").text, len(r))
ET.indent(r)
print(ET.tostring(r, "unicode"))
for bad in ("<a>", "<a></b>", "<a b=c/>", "", "<a/><b/>", "x", '<a b="1" b="2"/>'):
    try:
        ET.fromstring(bad)
    except ET.ParseError as e:
        print(repr(bad), e, e.position)
e = ET.Element("x", {"y": "1"}, z="2")
ET.SubElement(e, "k").text = "a<b & \"c\""
e.append(ET.Comment("note"))
print(ET.tostring(e, encoding="unicode"), ET.iselement(e), e.items())
ET.dump(e)
