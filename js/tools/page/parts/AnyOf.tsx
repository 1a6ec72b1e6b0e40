import { Field } from "./Field.js";

interface Props {
  readonly label: string;
  /** Empty for any. */
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly onChange: (value: string) => void;
}

/** A part of a filter: one of the choices, or any. */
export function AnyOf({ label, value, choices, onChange }: Props) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select {...attributes} value={value} onChange={(change) => onChange(change.currentTarget.value)}>
          <option value="">Any</option>
          {choices.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
