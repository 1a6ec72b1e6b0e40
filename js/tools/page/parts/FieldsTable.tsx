import type { Fields } from "../../src/wire.js";

/** Header fields as they were on the wire. A sender's text stays in its cell, also if it changes the writing direction. */
export function FieldsTable({ fields, caption }: { readonly fields: Fields; readonly caption: string }) {
  if (fields.length === 0) {
    return <p class="empty">No headers.</p>;
  }
  return (
    <table class="fields">
      <caption>{caption}</caption>
      <tbody>
        {fields.map(([name, value], index) => (
          <tr key={index}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td>
              <bdi>{value}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
