import { log } from "../fixture";

/** A core of a proxy that crashed in its compression. */
export const crash = log`
  Program terminated with signal SIGSEGV, Segmentation fault.
  #0  0x00007f1c8a3305b0 in memcpy () from /lib/ld-musl-x86_64.so.1
  #1  0x00007f1c8a0f2c10 in ?? () from /lib/libz.so.1
  #2  0x00007f1c8a0f3a55 in ?? () from /lib/libz.so.1
  #3  0x00007f1c8a0f4b21 in deflate () from /lib/libz.so.1
  #4  0x000055d1c61a3b12 in deflate_flush_or_finish (comp_ctx=0x55d1c8f03a40, out=0x55d1c8e0b1c0, flag=2) at src/compression.c:790
  #5  0x000055d1c61a2c01 in http_compression_buffer_end (s=0x55d1c8f00b20, in=0x55d1c8f00b88, end=1) at src/compression.c:249
  #6  0x000055d1c6180f44 in http_response_forward_body (s=0x55d1c8f00b20, an_bit=16777216) at src/proto_http.c:7173
  #7  0x000055d1c61c0d10 in process_stream (t=0x55d1c8effa30) at src/stream.c:1939
`;
