/** Marks what the emulator adds or decides, so that nobody takes it for Docutray's. */
export function Ours() {
  return (
    <span class="ours" title="Not documented by Docutray: the emulator's own">
      ours
    </span>
  );
}
