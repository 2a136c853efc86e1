"""Numbers: text both ways, rounding, operators, methods."""


def t(f):
    try:
        print(ascii(f()))
    except (KeyError, UnicodeError) as e:
        print(type(e).__name__, ascii(e.args))
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))


import random
xs=[0.1,0.2,0.1+0.2,1/3,2/3,1e16,1e15,123456789012345680.0,1e22,1e23,5e-324,2.2250738585072014e-308,1.7976931348623157e308,9007199254740993.0,0.0001,0.00001,1e-7,123.456,1e100,3.0,100.0,-0.0,float('inf'),float('-inf'),float('nan'),4.35,0.3,2.5e-10,1.1e-22,9.5,0.95,1e21,1.5e300,6.02214076e23,2**53+0.0,2.0**-1074,2.0**1023,9.999999999999999e22,5e-320]
for x in xs: print(x, repr(x), '%.3f %.10e %g %.17g'%(x,x,x,x))
def rnd(seed):
    s=seed
    while 1:
        s=(s*6364136223846793005+1442695040888963407)%(1<<64)
        yield s
g=rnd(1)
import struct
h=0
for i in range(3000):
    b=next(g)
    x=struct.unpack('<d',struct.pack('<Q',b))[0]
    r=repr(x)
    if x==x and float(r)!=x: print('bad',r)
    for c in r+'%.5e'%x+format(x,'.20g'): h=(h*31+ord(c))%1000000007
    if i%100==0: print(r, '%.0f'%x if abs(x)<1e30 else '')
    y=(b>>11)/2**53*1000
    for c in repr(y)+'%.3f'%y+repr(round(y,2)): h=(h*31+ord(c))%1000000007
print(h)
for s in ['1','1.5','.5','5.','1e5','1E+5','1e-5','1_000.5','1__0','_1','1_','inf','-Infinity','nan','1e','1e+','0x1','',' 1 ','1 2','--1','1e400','1e-400','2.2250738585072011e-308','9007199254740993','9007199254740992.5','9007199254740993.0000000000000000000000001','0.1e','1e5.5','١.٥','1e1_0','infinit']:
    try: print(repr(s),float(s))
    except Exception as e: print(repr(s),type(e).__name__,e)
for s,b in [('1',10),('0x1f',0),('0x1f',16),('1f',16),('0b101',0),('0o17',0),('017',0),('0',0),('00',0),('1_000',10),('1__0',10),('_1',10),('0x_f',0),('z',36),('12',2),('',10),('-',10),(' -5 ',10),('1.5',10),('abc',10),('1',1),('1',37),('9'*30,10),('f'*20,16),('١٢',10),('0b',0),('- 1',10),("a'b",10),('1\0',10)]:
    try: print(repr(s),b,int(s,b))
    except Exception as e: print(repr(s),type(e).__name__,e)
for v in [1.5,-1.5,1e20,True,'12',b'12',bytearray(b'7'),None,[],1j,float('nan'),float('inf')]:
    try: print(int(v))
    except Exception as e: print(type(e).__name__,e)
    try: print(float(v))
    except Exception as e: print(type(e).__name__,e)
    try: print(complex(v))
    except Exception as e: print(type(e).__name__,e)
for a in [(0.5,),(1.5,),(2.5,),(-0.5,),(2.675,2),(1234.5678,-2),(1250,-2),(1350,-2),(15,-1),(25,-1),(1.005,2),(5,),(5,2),(True,),(1e300,2),(0.1,20),(12345678901234567890,-3),(float('nan'),2),(2.5,None),(1.23456,3),(-1.5,),(1e16,0)]:
    try: print(round(*a))
    except Exception as e: print(type(e).__name__,e)
for x in [1.5,0.1,-3.75,1e300,5e-324,0.0,float('inf')]:
    print(x.hex()); 
    try: print(x.as_integer_ratio(), x.is_integer())
    except Exception as e: print(type(e).__name__,e)
for s in ['0x1.8p+1','1.8','0x.1p4','inf','-0x1p-1074','0x1p-1075','0x1.fffffffffffff8p1023','nan','0xg','','1p']:
    try: print(float.fromhex(s))
    except Exception as e: print(type(e).__name__,e)
for z in [1j,1+2j,-1j,complex(-0.0,1),complex(1,-0.0),complex(0,float('inf')),complex('1+2j'),complex('j'),complex('-1e5-3.5j'),(1+2j)**2,(1+2j)/(3-4j),(1+2j)*3,abs(3+4j),1j**0.5,(2+0j)**-2]: print(z)
for s in ['1+','1 + 2j','','(1+2j)','1+2','i','1jj']:
    try: print(complex(s))
    except Exception as e: print(type(e).__name__,e)
print((1+2j).conjugate(),(1+2j).real,(1+2j).imag,1==1+0j,hash(1+0j)==hash(1))
print(7//2,-7//2,7//-2,-7%3,7%-3,7.5//2,-7.5//2,-7.5%2,7.5%-2,divmod(-7,2),divmod(7.5,-2),divmod(-7.5,2),0.0//1,-0.0%5,5%-0.1)
for f in [lambda:1/0,lambda:1//0,lambda:1%0,lambda:1.0/0,lambda:1.0//0,lambda:1.0%0,lambda:divmod(1,0),lambda:divmod(1.0,0),lambda:0**-1,lambda:0.0**-1,lambda:10**400*1.0,lambda:1e308*10,lambda:2.0**5000,lambda:int('1'*5000),lambda:10**400/10**399,lambda:10**400/3,lambda:pow(2,-1,7),lambda:pow(2,-1,4),lambda:pow(3,100,7),lambda:pow(-3,3,7),lambda:pow(3,3,-7),lambda:pow(2,3,0),lambda:pow(2,0.5,3),lambda:pow(2,-2),lambda:(-8)**(1/3),lambda:1j/0,lambda:3//0.0,lambda:1<<-1,lambda:1>>-1,lambda:2**-1,lambda:(-2)**-3,lambda:(10**25)//(10**5),lambda:-(10**25)//7,lambda:-(10**25)%7,lambda:10**25%-7,lambda:(1<<100)>>98,lambda:-1>>100,lambda:~(1<<70),lambda:(1<<70)&-1,lambda:-(1<<70)|1,lambda:(1<<70)^-5, lambda: 1j//1, lambda: 1j%1]:
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
print((255).bit_length(),(-256).bit_length(),(0).bit_length(),(255).bit_count(),(1<<100).bit_length(),(5).to_bytes(2,'big'),(5).to_bytes(2,'little'),(-5).to_bytes(2,'big',signed=True),int.from_bytes(b'\xff\xfe','big'),int.from_bytes(b'\xff\xfe','little',signed=True),int.from_bytes([1,2],'big'),(5).to_bytes(),(1<<64).to_bytes(9,'big'),(-(1<<63)).to_bytes(8,'little',signed=True),(5).as_integer_ratio(),(5).real,(5).imag,(5).numerator,(5).denominator,True.real,(5).conjugate(),int.from_bytes(b'','big'))
for f in [lambda:(256).to_bytes(1,'big'),lambda:(-1).to_bytes(1,'big'),lambda:(128).to_bytes(1,'big',signed=True),lambda:(127).to_bytes(1,'big',signed=True),lambda:(-129).to_bytes(1,'big',signed=True),lambda:(-128).to_bytes(1,'big',signed=True),lambda:(1).to_bytes(1,'x'),lambda:(0).to_bytes(0,'big'),lambda:(1).to_bytes(-1,'big'),lambda:(-32768).to_bytes(3,'big',signed=True)]:
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
print(1==1.0,hash(1)==hash(1.0)==hash(True),2**53==2.0**53,2**53+1==2.0**53,10**30==1e30,2**1000<1e308,2**1030<float('inf'),-2**1030<1e5,hash(2**61-1),hash(0.5)==hash(0.5),10**22==1e22,1<1.5,2**64>1.8e19)
print(sum([0.1]*10),sum([1,2,3],10),sum([[1],[2]],[]),max(1,2.5),min([3,1,2]),max('a','b',key=ord),max([],default=5),abs(-5),abs(-2.5),abs(-(1<<70)))
print(3**200%1000, 7**77//3**50, int(1e23), int(-1.5e20), 123456789**5, (123456789**5)//(987654321**2), -(3**100)//(7**20), -(3**100)%(7**20))
