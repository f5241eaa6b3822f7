#!/usr/bin/env python3
"""A second verifier for Wayside records, written apart from the first: python3 verify.py FILE... (standard library only).

It knows docs/record.md and the standards it names, and shares no code with the TypeScript one. Prints one JSON line a file; exit code
0 when all are whole, 1 when one is not. Ed25519 after RFC 8032 (6), Merkle tree after RFC 9162 (2.1), JSON after RFC 8785, notes after C2SP.
"""
import base64, hashlib, json, re, sys

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)

def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1: out = add(out, point)
        point, n = add(point, point), n >> 1
    return out

def recover(data):
    y = int.from_bytes(data, 'little'); sign, y = y >> 255, y & (2**255 - 1)
    if y >= P: return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P: x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign): return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = recover((4 * pow(5, P - 2, P) % P).to_bytes(32, 'little'))

def ed25519(key, message, sig):
    if len(key) != 32 or len(sig) != 64: return False
    a, s = recover(key), int.from_bytes(sig[32:], 'little')
    if a is None or s >= L: return False
    k = int.from_bytes(hashlib.sha512(sig[:32] + key + message).digest(), 'little') % L
    x, y, z, t = add(times(s, BASE), times(k, (P - a[0], a[1], 1, P - a[3])))
    i = pow(z, P - 2, P)
    return (y * i % P | (x * i % P & 1) << 255).to_bytes(32, 'little') == sig[:32]

sha = lambda data: hashlib.sha256(data).digest()
leaf = lambda data: sha(b'\0' + data)
b64u = lambda data: base64.urlsafe_b64encode(data).rstrip(b'=').decode()

def unb64u(text, size):
    assert re.fullmatch(r'[\w-]*', text, re.A)
    data = base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))
    assert len(data) == size and b64u(data) == text
    return data

def number(x):  # ECMAScript's Number::toString, as RFC 8785 3.2.2.3 asks
    if x == 0: return '0'
    sign, digits, exp = re.fullmatch(r'(-?)(\d)(?:\.?(\d*))e([+-]\d+)', shortest(x)).expand(r'\1 \2\3 \4').split(' ')
    digits = digits.rstrip('0') or '0'; n = int(exp) + 1; k = len(digits)
    if k <= n <= 21: body = digits + '0' * (n - k)
    elif 0 < n <= 21: body = digits[:n] + '.' + digits[n:]
    elif -6 < n <= 0: body = '0.' + '0' * -n + digits
    else: body = digits[0] + ('.' + digits[1:] if k > 1 else '') + 'e' + ('+' if n > 0 else '-') + str(abs(n - 1))
    return sign + body

def shortest(x):
    for p in range(17):
        if float(f'{x:.{p}e}') == x: return f'{x:.{p}e}'

def canonical(v, depth=64):
    if isinstance(v, (dict, list)) and depth == 0: raise ValueError('too deep')
    if v is None or v is True or v is False: return json.dumps(v)
    if isinstance(v, float):
        if v != v or abs(v) == float('inf'): raise ValueError('no number')
        return number(v)
    if isinstance(v, str): v.encode(); return json.dumps(v, ensure_ascii=False)
    if isinstance(v, list): return '[' + ','.join(canonical(x, depth - 1) for x in v) + ']'
    return '{' + ','.join(canonical(k) + ':' + canonical(v[k], depth - 1) for k in sorted(v, key=lambda k: k.encode('utf-16-be'))) + '}'

def parse(line):
    value = json.loads(line, parse_int=float, parse_constant=lambda c: 1 / 0)
    assert canonical(value) == line, 'not canonical'
    return value

root = lambda hs: hs[0] if len(hs) == 1 else sha(b'\1' + root(hs[:1 << (len(hs) - 1).bit_length() - 1]) + root(hs[1 << (len(hs) - 1).bit_length() - 1:]))

def included(i, size, node, proof, want):
    if i >= size: return False
    last = size - 1
    for p in proof:
        if last == 0: return False
        if i & 1 or i == last:
            node = sha(b'\1' + p + node)
            while not i & 1 and i: i, last = i >> 1, last >> 1
        else: node = sha(b'\1' + node + p)
        i, last = i >> 1, last >> 1
    return last == 0 and node == want

def shape(thing, required, optional='', signed=False):
    assert isinstance(thing, dict) and set(required.split()) <= set(thing) <= set((required + ' ' + optional).split()), 'form'
    for k, v in thing.items():
        if k in ('n', 'i', 'first', 'epoch', 'count', 'lines'): assert isinstance(v, float) and v.is_integer() and 1 <= v < 2**53 and (k != 'count' or v <= 64)
        elif k in ('at', 'seals', 'index'): assert isinstance(v, float) and v.is_integer() and 0 <= v < 2**53
        elif k in ('body', 'prev', 'was', 'root', 'head', 'hash', 'salt') and required != 'entry' and not signed: assert re.fullmatch(r'[\w-]{43}', v, re.A)
        elif k in ('edge', 'session', 'id', 'kind'): assert isinstance(v, str) and 1 <= len(v.encode('utf-16-le')) // 2 <= (40 if k == 'kind' else 80)
    return thing

signed = lambda what, link, key: ed25519(unb64u(key, 32), f'wayside/{what}/1\n{canonical({k: v for k, v in link.items() if k != "sig"})}'.encode(), unb64u(link['sig'], 64))

def vkey(text, kind):
    name, keyid, data = re.fullmatch(r'([^\s+]{1,200})\+([0-9a-f]{8})\+(.+)', text).groups()
    raw = base64.b64decode(data, validate=True)
    assert base64.b64encode(raw).decode() == data and len(raw) == 33 and raw[0] == kind and sha(name.encode() + b'\n' + raw)[:4].hex() == keyid, 'vkey'
    return name, keyid, raw[1:]

def checkpoint(r):
    assert not re.search('[\0-\x09\x0b-\x1f]', r['checkpoint']), 'note'
    text, sigs = r['checkpoint'].rsplit('\n\n', 1); text += '\n'
    origin, size, hashed, *more = text[:-1].split('\n')
    keys = [vkey(r['hub'], 1)] + [vkey(w, 4) for w in r['witnesses']]
    found = {}
    for line in sigs[:-1].split('\n'):
        dash, name, data = line.split(' '); raw = base64.b64decode(data, validate=True)
        assert dash == '\u2014' and base64.b64encode(raw).decode() == data and (name, raw[:4].hex()) not in found, 'note'
        found[name, raw[:4].hex()] = raw[4:]
    assert sigs.endswith('\n') and len(found) == len(keys) and keys[0][0] == origin and '' not in more and re.fullmatch('0|[1-9][0-9]*', size), 'note'
    for j, (name, keyid, key) in enumerate(keys):
        sig = found[name, keyid]
        said = text if j == 0 else f'cosignature/v1\ntime {int.from_bytes(sig[:8], "big")}\n{text}'
        assert ed25519(key, said.encode(), sig if j == 0 else sig[8:]), 'checkpoint-signature'
    want = base64.b64decode(hashed, validate=True); assert len(want) == 32 and base64.b64encode(want).decode() == hashed
    return int(size), want

def verify(text):
    assert text.endswith('\n'), 'cut'
    digest, head, key, last, link, seals, genesis = b'\0' * 32, None, None, None, 'A' * 43, 0, None
    items, talks, sealed, bare, roots, hubs, restored, closes = [], {}, {}, set(), {}, [], [], 0
    for no, line in enumerate(text[:-1].split('\n'), 1):
        v, was, closes = parse(line), closes, 0
        if head is None:
            head = shape(v, 'edge format', 'session'); assert head['format'] == 'wayside-record/1'; whole = 'session' not in head
        elif 'entry' in v:
            shape(v, 'entry', 'body salt'); e = shape(v['entry'], 'n id kind at body prev', 'session i was'); h = leaf(canonical(e).encode())
            assert ('body' in v) == ('salt' in v) and len(items) < 64 and (whole or e.get('session') == head['session'])
            if 'session' in e:
                i, before = talks.get(e['session'], (0, None)); assert e['i'] == i + 1 and e.get('was') == before, 'session-link'
                talks[e['session']] = (e['i'], b64u(h))
            else: assert 'i' not in e and 'was' not in e
            items.append((h, e))
            if 'body' not in v: bare.add(e['n'])
            else:
                assert b64u(sha(unb64u(v['salt'], 32) + canonical(v['body']).encode())) == e['body'], 'body-changed'
                if e['kind'] == 'erase': bare -= {n for n in v['body'].get('erased', []) if n < e['n']}
                if e['kind'] == 'export': closes = v['body'].get('file') == b64u(digest) and v['body'].get('lines') == no - 1
        elif 'hash' in v: assert not whole and len(items) < 64; items.append((unb64u(shape(v, 'hash')['hash'], 32), None))
        elif 'key' in v:
            k = shape(shape(v, 'key')['key'], 'edge epoch n at prev key seals sig'); assert not items and k['edge'] == head['edge']
            if key is None:
                assert k['prev'] == link and (k['n'] > 1 or (k['seals'] == 0 and k['epoch'] == 1)); seals = k['seals']
            else:
                assert k['n'] == key['n'] + 1 and k['epoch'] - key['epoch'] in (0, 1) and (k['seals'] == seals if whole else k['seals'] >= seals), 'key-place'
                assert k['seals'] != seals or k['prev'] == link, 'key-link'
            assert signed('key', k, (key or k)['key']), 'key-signature'
            link, seals = b64u(leaf(canonical(k).encode())), k['seals']; genesis = genesis or (link, k)
            key = k
        elif 'seal' in v:
            s = shape(shape(v, 'seal')['seal'], 'edge epoch n at prev first count root head key sig')
            assert key and s['edge'] == head['edge'] and s['key'] == key['n'] and s['epoch'] == key['epoch'], 'seal-key'
            assert (s['n'] == seals + 1 or (not whole and s['n'] > seals)) and (s['n'] != seals + 1 or s['prev'] == link), 'seal-place'
            start = s['n'] == genesis[1]['seals'] + 1; follows = start or (last and s['n'] == last['n'] + 1)
            if last: assert s['first'] == last['first'] + last['count'] if follows else s['first'] >= last['first'] + last['count'], 'seal-place'
            elif start and genesis[1]['n'] == 1: assert s['first'] == 1
            before = (last['head'] if last else genesis[0]) if follows else None
            for j, (h, e) in enumerate(items):
                assert e is None or (e['n'] == s['first'] + j and before in (None, e['prev'])), 'entry-link'
                before = b64u(h)
            assert items and len(items) == s['count'] and before == s['head'] and b64u(root([h for h, _ in items])) == s['root'], 'seal-entries'
            assert signed('seal', s, key['key']), 'seal-signature'
            link, seals, last, items, closes = b64u(leaf(canonical(s).encode())), s['n'], s, [], 2 if was == 1 else 0
            sealed[s['n']] = link
        elif 'restored' in v:
            r = shape(shape(v, 'restored')['restored'], 'at old head kept hub reason by', signed=True); by = [x['key'] for x in r['by']]
            assert 1 <= len(by) == len(set(by)) <= 16 and r['hub'] not in hubs + [r['old']] and r['old'] in (hubs or [r['old']])[-1:], 'restoration'
            size, want = checkpoint({'checkpoint': r['head'], 'hub': r['old'], 'witnesses': []})
            assert isinstance(r['kept'], float) and r['kept'].is_integer() and 0 <= r['kept'] <= size and isinstance(r['reason'], str) and 0 < len(r['reason'].encode('utf-16-le')) <= 1000
            said = f'wayside/log-restored/1\n{canonical({k: r[k] for k in r if k != "by"})}'.encode()
            for x in r['by']: assert set(x) == {'key', 'sig'} and ed25519(unb64u(x['key'], 32), said, unb64u(x['sig'], 64)), 'restoration'
            roots[size, r['old']] = want; hubs = (hubs or [r['old']]) + [r['hub']]
            restored.append({'known': size, 'lost': int(size - r['kept']), 'by': by})
        else:
            r = shape(shape(v, 'receipt')['receipt'], 'seal index proof checkpoint hub witnesses'); hubs = hubs or [r['hub']]
            assert r['hub'] in hubs and r['seal'] in sealed; size, want = checkpoint(r)
            assert roots.setdefault((size, r['hub']), want) == want, 'split-view'
            assert included(int(r['index']), size, unb64u(sealed[r['seal']], 32), [unb64u(x, 32) for x in r['proof']], want), 'receipt-proof'
        digest = sha(digest + line.encode() + b'\n')
    assert head and not bare and not items and closes == 2, 'cut'
    return {'ok': True, 'lines': no, **({'restored': restored} if restored else {})}

def judge(file):
    try: return verify(open(file, 'rb').read().decode())
    except Exception as wrong: return {'ok': False, 'why': f'{type(wrong).__name__}: {wrong}'}

if __name__ == '__main__':
    answers = [judge(file) for file in sys.argv[1:]]
    for answer in answers: print(json.dumps(answer))
    sys.exit(0 if answers and all(answer['ok'] for answer in answers) else 1)
