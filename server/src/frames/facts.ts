/** One file of knowledge/frames: what is known of the functions of one library. */
export interface FrameFile {
  readonly library: string;
  readonly frames: readonly unknown[];
}
