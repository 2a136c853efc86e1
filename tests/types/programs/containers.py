"""Dicts, their views, and sets: methods, operators, order and errors."""


def t(f):
    try:
        print(ascii(f()))
    except KeyError as e:
        print("KeyError", e.args)
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))


d={'a':1,'b':2,'c':3}
print(d.keys(),d.values(),d.items(),type(d.keys()),list(reversed(d)),list(reversed(d.items())),len(d.keys()),'a' in d.keys(),1 in d.values(),('a',1) in d.items())
print(d.keys()&{'a','x'},d.keys()|{'z'} if 0 else sorted(d.keys()|{'z'}),d.keys()-{'a'} if 0 else sorted(d.keys()-{'a'}),d.keys()==d.keys(),d.keys()=={'a','b','c'},sorted(d.keys()^{'a','q'}),d.items()=={('a',1),('b',2),('c',3)}.__class__([('a',1),('b',2),('c',3)]),d.keys()<={'a','b','c','d'},d.keys().isdisjoint({'x'}))
print(d|{'d':4},{'a':5}|d,d.get('x'),d.get('x',0),d.setdefault('z',9),d.pop('z'),d.pop('q',None),d.popitem(),d)
d|={'k':1}; d.update({'m':2},n=3); d.update([('o',4)]); d.update(p=5); print(d, dict.fromkeys('ab'), dict.fromkeys([1,2],0), dict(d)==d, True, dict(zip('ab',[1,2])), d.copy() is d, {1:2}=={1:2.0}, {}=={}, {1:1}!={1:2})
t(lambda:d.pop('zz'))
t(lambda:{}|[])
t(lambda:d.update(5))
t(lambda:d.update([1]))
t(lambda:d.update([(1,2,3)]))
t(lambda:{}.fromkeys(5))
t(lambda:{1:1}<{2:2})
t(lambda:{[1]:2})
t(lambda:d[[]])
t(lambda: [] in d)
def chg():
    for k in d: d['new'+str(k)]=1
t(chg)
def chg2():
    s={1,2,3}
    for k in s: s.add(k+10)
t(chg2)
print(d.values().__class__.__name__, iter(d).__class__.__name__ if 0 else '', bool({}), bool({1:1}))
m=d.items(); print(len(m), list(m)[:2])
t(lambda: d.keys()+1)
t(lambda: d.keys()[0])
t(lambda: hash(d.keys()))
t(lambda: d.values()==d.values())
d2={1:'a'}; d2.clear(); print(d2)
t(lambda: {}.popitem())
for k,v in {'x':1}.items(): print(k,v)
print({"a":3,"b":2}, dict(a=1,b=2), dict([('x',1)],y=2), {True:'a',1:'b',1.0:'c'}, {None:1,(1,2):2,'a':3}, {'a':{'b':[1,{'c':(1,)}]}})
s={1,2,3}; 
print(s,{3,1,2},set(),frozenset(),frozenset([1]),{1}|{2},{1,2}&{2,3},{1,2}-{2},{1,2}^{2,3},{1}<{1,2},{1}<={1},{1,2}>{1},{1}>={1},{1}=={1},{1}!={2},{1}==frozenset([1]),len(s),2 in s,set('aab')=={'a','b'})
print(s.union([4],(5,)),s.intersection([1,2],[2]),s.difference([1],[2]),s.symmetric_difference([3,4]),s.issubset([1,2,3,4]),s.issuperset([1]),s.isdisjoint([9]),s.copy())
s.add(7); s.discard(100); s.remove(7); s.update([8],[9]); s.intersection_update([1,8,9]); s.difference_update([9]); s.symmetric_difference_update([1,5]); print(sorted(s)); s|={1}; s&={1,5}; s-={5}; s^={2}; print(s)
t(lambda:s.remove(99))
t(lambda:set().pop())
t(lambda:{1}|[1])
t(lambda:{1}+{2})
t(lambda:{[]})
t(lambda:{1}<[1])
t(lambda:set([[]]))
t(lambda:hash({1}))
t(lambda:hash(frozenset([1,2]))==hash(frozenset([2,1])))
t(lambda:frozenset([1]).add(2))
t(lambda:{1}[0])
t(lambda:frozenset([1])|{2})
t(lambda:{1}|frozenset([2]))
t(lambda:type(frozenset([1])|{2}))
t(lambda:frozenset([1]).union([2]))
t(lambda:set(1))
t(lambda:{1,2}.pop() in (1,2))
t(lambda:frozenset('a')==frozenset(['a']))
t(lambda:{frozenset([1]):2}[frozenset([1])])
t(lambda:frozenset([3]) in {frozenset([3])})
t(lambda:set([1,2]) in {frozenset([1,2])})
t(lambda:s.union(5))
t(lambda:{1,2}.issubset(5))
print(sorted({5,3,9,1}), max({1,2}), sum({1,2}), [x for x in sorted({'b','a'})], any({0}), list(frozenset([1])), tuple({1}), {x%3 for x in range(10)})
print({10,20,30},{8,0},{-1,1},{'a'},{1.5},{(1,2)},{True},{None}, set(range(20)), {100,5,33,64}, {5,4,3,2,1,0}, set([9,8,7,6,5,4,3,2,1]))
fs=frozenset([1,2]); print(fs.copy() is fs, fs|fs==fs, fs&{1}, fs-{1}, fs^{1,3})
