import { defineConfig } from "vitest/config";
import { viteKnowledge } from "./scripts/knowledge.mjs";

export default defineConfig({
  plugins: [viteKnowledge],
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
});
