import { expect, test } from "vitest";
import { match } from "../../../server/src/match/match";
import { read } from "../../../server/src/read/read";

const HEAD = "[Sat Nov 21 03:28:09.100000 2026] [mpm_prefork:notice] [pid 50]";

test("the words of a counted condition may hold the count", () => {
  const text = `${HEAD} AH00171: Graceful restart requested, doing restart\n`.repeat(3);
  const condition = {
    log: { kind: "graceful-restart", count: ">= 2" },
    says: `\${count} reloads`,
  };
  const hits = match(condition, {
    sources: [{ path: "sample", reading: read(text) }],
    findings: [],
  });
  expect(hits[0]?.parts[0]?.evidence[0]?.says).toBe("3 reloads");
});
