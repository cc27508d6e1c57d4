"""What a careless or ill-willed person types: each ends in a result or a clear refusal."""

BAD_INPUT = [
    "", " ", "\t\n", "\x00", "a\x00b", "\x00\x01", "\x1b[31m", "\x7f", "\x85",
    "'", '"', "';--", "' OR '1'='1", "1; DROP TABLE casus", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "{{7*7}}", "{% debug %}", "${7*7}", "#{7*7}", "%s%s%n", "%00",
    '#import "base.typ"', "$x$", "@ref", "*a", "\\", "../../../etc/passwd", "..\\..\\win.ini",
    "file:///etc/passwd", "javascript:alert(1)", "//evil.example", "https://evil.example",
    "\r\nSet-Cookie: a=b", "a\r\nBcc: x@evil.example", "a\nATTENDEE:mailto:x@evil.example",
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "0", "-1", "1e400", "NaN", "Infinity", "9" * 40,
    "9223372036854775808", "2147483648", "0x1F", "1,5", "1.5", "٣", "½", "null", "[]", "{}",
    "a" * 256, "a" * 10_001, "é" * 300, "e\u0301", "e" + "\u0301" * 300, "\u202egnp.exe",
    "\u2066a\u2069", "\u200b", "\u200d", "\ufeff", "\ud7ff", "\ufffe", "\ufdd0", "\ud800",
    "\udfffa", "\ue000", "\uf0b7 punt", "\U000e0041", "😀" * 50,
    "\U0001f469\u200d\U0001f467", "\u260e\ufe0f", "ﷺ" * 20, "漢字", "مرحبا",
    "İ", "ß", "ΑΒΓ", "Zalgo̸̡͐", "a\u2028b", "31-02-2026", "2026-02-29", "0000-00-00", "9999-12-31",
    "2026-03-29T02:30", "2026-10-25T02:30", "24:00", "12/13/2026", "u@x.nl ", "U@X.NL", "a@b",
    '"a b"@x.nl', "u@x.nl,v@x.nl", "u@xn--80ak6aa92e.com", "0000000-0000", "TW-26-00000",
    "6837d6ec-fc08-4da5-a67f-08a9ed1ccf62", "not-a-uuid", "111222333", "123456782",
]  # fmt: skip
