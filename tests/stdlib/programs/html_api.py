import html
from html.parser import HTMLParser

print(html.escape("<a href=\"x\">'&'</a>"), html.escape("\"'", quote=False))
print(html.unescape("&lt;&amp;&#65;&#x42;&eacute;&nbsp;&hellip;&notit;&bogus;&copy &#128;&#0;&"))


class Show(HTMLParser):
    def handle_starttag(self, tag, attrs):
        print("start", tag, attrs)

    def handle_endtag(self, tag):
        print("end", tag)

    def handle_data(self, data):
        print("data", repr(data))

    def handle_comment(self, data):
        print("comment", repr(data))

    def handle_decl(self, decl):
        print("decl", decl)

    def handle_pi(self, data):
        print("pi", data)


p = Show()
p.feed("<!DOCTYPE html><p class='a b' ID=x checked data-q=\"1 &amp; 2\">Hi &amp; <b>there</b><br/><!-- c --></p>")
p.feed("<script>if (a < b && c) { '<p>' }</script><?php x ?><a href=http://x/?a=1&b=2>t</a> 1 < 2")
p.close()
print(p.getpos())
