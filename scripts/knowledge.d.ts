// What scripts/knowledge.mjs makes of the data under knowledge/ (see the schemas beside it).
declare module "knowledge:frames" {
  import type { FrameFile } from "../server/src/frames/facts";

  const files: FrameFile[];
  export default files;
}
