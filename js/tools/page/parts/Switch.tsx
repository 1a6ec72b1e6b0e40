interface Props {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Switch({ label, on, onChange }: Props) {
  return (
    <button type="button" role="switch" class="switch" aria-checked={on} aria-label={label} onClick={() => onChange(!on)}>
      <span aria-hidden="true">{on ? "On" : "Off"}</span>
    </button>
  );
}
