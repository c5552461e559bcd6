import { expect, test } from "vitest";
import { ahCode, ahCodeSentence } from "../../../server/src/read/apache/codes";
import { fixture, readApache } from "./logs";

test("a code tells the module, the file and the level", () => {
  expect(ahCodeSentence("AH00171")).toBe(
    "AH00171: the prefork MPM, server/mpm/prefork/prefork.c, notice",
  );
  expect(ahCodeSentence("AH00957")).toMatchInlineSnapshot(
    `"AH00957: mod_proxy, modules/proxy/proxy_util.c, error or debug"`,
  );
  expect(ahCodeSentence("AH01220")).toMatchInlineSnapshot(
    `"AH01220: mod_cgi or mod_cgid, modules/generators/cgi_common.h, warn"`,
  );
});

test("a code tells where it is written and in which releases", () => {
  expect(ahCode("AH00171")).toMatchInlineSnapshot(`
    {
      "code": "AH00171",
      "file": "server/mpm/prefork/prefork.c",
      "firstRelease": "2.4.0",
      "function": "prefork_run",
      "lastRelease": null,
      "levels": [
        "notice",
      ],
      "line": 1176,
      "module": "mpm_prefork",
    }
  `);
  expect([ahCode("AH00485")?.lastRelease, ahCode("AH03490")?.firstRelease]).toEqual([
    "2.4.23",
    "2.4.26",
  ]);
});

test("a code that no release has ever had is not explained", () => {
  expect(["AH02182", "AH1", "AH00171x", "constructor"].map(ahCode)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test.each(["event-2.4.71.error.log", "prefork-2.4.71.error.log"])(
  "the codes in %s have the module and level that the log shows",
  (name) => {
    const { records } = readApache(fixture(`apache/${name}`));
    const coded = records.filter((record) => record.code !== null && record.severity !== null);
    const wrong = coded.filter(({ code, module, severity }) => {
      const known = ahCode(code ?? "");
      return (
        !known?.module.split("|").includes(module ?? "") || !known.levels.includes(severity ?? "")
      );
    });
    expect(coded.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  },
);
