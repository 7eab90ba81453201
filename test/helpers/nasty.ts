const [escape, bell, csi, cr] = ["\u001b", "\u0007", "\u009b", "\r"];

/** A clear screen, a title, a link, colours, an overprint, C1 and every bidirectional control. */
export const nasty = [
  `${escape}[2J${escape}]0;owned${bell}`,
  `${escape}]8;;https://evil.example${escape}\\click${escape}]8;;${escape}\\`,
  `${csi}31mred${escape}[31mred`,
  `hidden${cr}shown\b\b\u007f\u0000\u0085`,
  "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
].join("");

/** What may not be in anything printed: all controls but the newline, all that turns text around. */
export const forbidden = /(?!\n)[\p{Cc}\p{Bidi_Control}\ufeff\u2028\u2029]/u;
