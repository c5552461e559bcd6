/** A note as a team writes one, with its match and whatever a test puts in its front matter. */
export const teamNote = (match: string, more = "", id = "our-checkout"): string => `---
id: ${id}
title: The checkout waits for the stock service
family: shop
severity: hang
confidence: high
${match.trim()}
${more}---

## What you see

Requests to the checkout do not end.

## Why it happens

The stock service answers late.

## How to confirm

Look at the stock service.

## Fix or workaround

Restart it.

## Sample

\`\`\`
#0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
#1  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
#2  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
#3  0x00007f29a4a017ef in main () from /usr/sbin/shopd
\`\`\`
`;

export const FRAMES = `match:
  frames: [stock_ask, checkout_run]`;
