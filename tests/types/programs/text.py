"""Methods of str, bytes and bytearray; encodings; properties of characters."""


def t(f):
    try:
        print(ascii(f()))
    except (KeyError, UnicodeError) as e:
        print(type(e).__name__, ascii(e.args))
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))


ss=['','abc','ABC','aBc Def','ß','ſtraße','İstanbul','ΑΣ','ΑΣ ΣΑΣ','ǆ ǅ','日本語','١٢٣','½²','é','𝐀𝒷','a\tb\tc','line1\nline2\r\nline3\x0bx\u2028y\x85z','  sp \u3000','\x1c a','_id','1a','a-b','A1','ﬁ','Ǆx','don\'t stop','\u0345a','ŉ','ΐ','Ⅷ','ⓐ','\xaa','ʰ','\u1e9e']
ms='capitalize casefold lower upper swapcase title isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper splitlines strip lstrip rstrip split rsplit expandtabs'.split()
for s in ss:
    for m in ms: t(lambda: (m,getattr(s,m)()))
t(lambda:'a\nb\r\nc'.splitlines(True))
t(lambda:'a\nb\r\nc\n'.splitlines(keepends=True))
for w in (0,3,4,5,8,9):
    for s in ('abc','日本','-5','+5',''):
        t(lambda:(s.center(w),s.ljust(w,'*'),s.rjust(w,'é'),s.zfill(w),s.center(w,'-')))
t(lambda:'abc'.center(10,'ab'))
t(lambda:'abc'.center('a'))
t(lambda:'a,b,c'.split(',',1))
t(lambda:'a,b,c'.rsplit(',',1))
t(lambda:' a  b c '.split(None,1))
t(lambda:' a  b c '.rsplit(None,1))
t(lambda:'a b'.split(maxsplit=0))
t(lambda:'a,b'.split(sep=','))
t(lambda:'aXbXc'.partition('X'))
t(lambda:'aXbXc'.rpartition('X'))
t(lambda:'abc'.partition('X'))
t(lambda:'abc'.rpartition('X'))
t(lambda:'abc'.partition(''))
t(lambda:'hello'.replace('l','L',1))
t(lambda:'abc'.replace('','-'))
t(lambda:'日本'.replace('','-',2))
t(lambda:''.replace('','x'))
t(lambda:'aaa'.replace('aa','b'))
t(lambda:'abc'.replace('b',''))
t(lambda:'hello'.find('l',3))
t(lambda:'hello'.find('l',-2))
t(lambda:'hello'.rfind('l',0,3))
t(lambda:'日本語日'.find('日',1))
t(lambda:'日本語日'.rfind('日'))
t(lambda:'日本語'.index('語'))
t(lambda:'abc'.find('',3))
t(lambda:'abc'.find('',4))
t(lambda:'abc'.rfind(''))
t(lambda:'abcabc'.count('abc'))
t(lambda:'aaa'.count(''))
t(lambda:'aaa'.count('a',1))
t(lambda:'日日'.count(''))
t(lambda:'abc'.count('',5))
t(lambda:'abc'.startswith(('x','a')))
t(lambda:'abc'.endswith('bc',1))
t(lambda:'abc'.startswith('',4))
t(lambda:'abc'.startswith('b',1,2))
t(lambda:'abc'.startswith(['a']))
t(lambda:'abc'.endswith((1,)))
t(lambda:'prefix_x'.removeprefix('prefix_'))
t(lambda:'x.py'.removesuffix('.py'))
t(lambda:'x'.removesuffix(''))
t(lambda:'abc'.removeprefix(1))
t(lambda:'hello'.translate({ord('l'):'L',ord('o'):None,101:'日'}))
t(lambda:str.maketrans('abc','xyz','d'))
t(lambda:str.maketrans({'a':1,'b':None,99:'q'}))
t(lambda:'abcd'.translate(str.maketrans('abc','xyz','d')))
t(lambda:'ab'.translate('xy'*60))
t(lambda:str.maketrans('a','bc'))
t(lambda:str.maketrans({'ab':1}))
class T:
    def __getitem__(s,k):
        if k==97: return 'Z'
        raise LookupError
t(lambda:'abc'.translate(T()))
for enc in ['utf-8','UTF8','ascii','latin-1','cp1252','utf-16','utf-16-le','utf-32-be','utf-8-sig','nope']:
    for s in ['abc','é','€','日','𝄞','\ud800']:
        for err in ['strict','ignore','replace','backslashreplace','xmlcharrefreplace']:
            t(lambda:s.encode(enc,err))
for b in [b'abc',b'\xff',b'\xc3\xa9',b'\xc3',b'\xe2\x82\xac',b'\xe2\x82',b'a\x80b',b'\xed\xa0\x80',b'\xf0\x9d\x84\x9e',b'\xf4\x90\x80\x80',b'\xc0\x80',b'\x81',b'\x00\xd8',b'\xff\xfea\x00',b'\xfe\xff\x00a']:
    for enc in ['utf-8','ascii','latin-1','cp1252','utf-16','utf-16-be','utf-32']:
        for err in ['strict','ignore','replace','backslashreplace','surrogateescape']:
            t(lambda:b.decode(enc,err))
t(lambda:'é\udcff'.encode('utf-8','surrogateescape'))
t(lambda:'\ud800'.encode('utf-8','surrogatepass'))
t(lambda:b'\xed\xa0\x80'.decode('utf-8','surrogatepass'))
t(lambda:str(b'abc','ascii'))
t(lambda:str(b'abc'))
t(lambda:bytes('é','utf8'))
t(lambda:str(object='x'))
t(lambda:str())
t(lambda:str(b'\xff',errors='replace'))
t(lambda:str('a','utf8'))
t(lambda:b'a'.decode(errors='ignore',encoding='ascii'))
t(lambda:'a'.encode('ascii',errors='nope'))
t(lambda:'é'.encode('ascii',errors='nope'))
for s in ["a'b",'a"b','a\'"b','\n\r\t\\','\x00\x1f\x7f','é','\x80\xa0\xad','\u200b','日本','𝄞','\U000e0001','\ud800','\u0378','\ue000','\ufeff']:
    print(ascii(repr(s)), ascii(ascii(s)), len(s))
for b in [b'',b"a'b",b'a"b',b'\x00\n\xff\\']: print(b, repr(b))
print(bytearray(b'\x00abc"'))
bs=[b'',b'abc',b'ABC',b'aBc Def',b' a b ',b'a\tb',b'l1\nl2\r\nl3',b'123',b'\xe9',bytearray(b'Xy z')]
ms='capitalize lower upper swapcase title isalnum isalpha isascii isdigit islower isspace istitle isupper splitlines strip lstrip rstrip split rsplit expandtabs hex'.split()
for b in bs:
    for m in ms: t(lambda:(m,getattr(b,m)()))
t(lambda:b'a,b'.split(b','))
t(lambda:b'a,b'.split(','))
t(lambda:b'abc'.find(98))
t(lambda:b'abc'.find(b'c'))
t(lambda:b'abc'.find(300))
t(lambda:b'abc'.find('a'))
t(lambda:b'a'.replace(b'a',b'bb'))
t(lambda:b'-'.join([b'a',bytearray(b'b')]))
t(lambda:b'-'.join(['a']))
t(lambda:b'abc'.translate(bytes.maketrans(b'a',b'z'),b'c'))
t(lambda:b'abc'.translate(None,delete=b'a'))
t(lambda:b'abc'.center(10,b'*'))
t(lambda:b'-5'.zfill(5))
t(lambda:b'abc'.startswith((b'x',b'a')))
t(lambda:b'abc'.startswith('a'))
t(lambda:bytes.fromhex('61 62 6g'))
t(lambda:bytes.fromhex(' 6162 63'))
t(lambda:bytes.fromhex('6'))
t(lambda:b'\x01\x02\x03'.hex(':'))
t(lambda:b'\x01\x02\x03'.hex('-',2))
t(lambda:b'\x01\x02\x03'.hex('-',-2))
t(lambda:bytearray.fromhex('6162'))
t(lambda:b'abc'.removeprefix(b'a'))
t(lambda:b'aXb'.partition(b'X'))
t(lambda:b'abc'.rpartition(b'X'))
t(lambda:97 in b'abc')
t(lambda:b'b' in b'abc')
t(lambda:'a' in b'abc')
t(lambda:300 in b'a')
t(lambda:b'a'<b'b')
t(lambda:b'a'<'b')
t(lambda:b'a'=='a')
t(lambda:b'a'==bytearray(b'a'))
t(lambda:bytearray(b'a')+b'b')
t(lambda:b'a'+bytearray(b'b'))
t(lambda:b'ab'*2)
t(lambda:bytearray(b'ab')*2)
t(lambda:list(b'ab'))
t(lambda:bytes([1,2]))
t(lambda:bytes(3))
t(lambda:bytes((x for x in [1])))
t(lambda:bytes(memoryview(b'ab')))
ba=bytearray(b'abc'); ba.append(100); ba.extend([1,2]); ba.insert(0,255); print(ba, ba.pop(), ba.pop(0), ba); ba.remove(98); ba.reverse(); print(ba); ba+=b'x'; ba*=2; print(ba, ba.copy(), ba.count(b'x')); ba[1:3]=b'QQQQ'; print(ba); del ba[::2]; print(ba); ba[0]=65; print(ba); ba.clear(); print(ba); ba[:]=b'hello'; ba[::2]=b'XYZ'; print(ba); ba[1:1]=[1,2]; print(ba)
t(lambda:ba.append(256))
t(lambda:ba.append('a'))
t(lambda:ba.remove(200))
t(lambda:bytearray().pop())
m=memoryview(bytearray(b'abcdef')); m[1]=90; print(m[0],m[1:3].tobytes(),len(m),m.tolist(),bytes(m),m==b'aZcdef',m[-1]); 
h=0
spans = [(0, 0x3400), (0xA4D0, 0xAC00), (0xF900, 0x10000), (0x10400, 0x10500), (0x1D400, 0x1D800), (0x1E900, 0x1EA00)]
for c in (c for a, b in spans for c in range(a, b)):
    if 0xd800<=c<0xe000: continue
    x=chr(c); v=[x.isalnum(),x.isalpha(),x.isdecimal(),x.isdigit(),x.isidentifier(),x.islower(),x.isnumeric(),x.isprintable(),x.isspace(),x.istitle(),x.isupper(),('a'+x).isidentifier()]
    n=0
    for b in v: n=n*2+b
    for y in (x.upper(),x.lower(),x.title(),x.casefold(),x.swapcase(),x.capitalize()):
        for d in y: n=(n*31+ord(d))%1000003
    h=(h*31+n)%1000000007
    if c%0x400==0: print(hex(c),h)
print(h)
