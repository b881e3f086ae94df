/** What there is to do where nobody has a licence yet. */
export function EmptyCard() {
  return (
    <section class="card" aria-labelledby="empty">
      <h2 id="empty">Nobody has a licence yet</h2>
      <p>
        Customers send nothing without one. Make the first, and give its key to the customer: it is shown
        once.
      </p>
      <pre class="command">
        <code>sotto license create --customer acme --name "Acme Ltd"</code>
      </pre>
      <p>
        The customer sets it as <code>VENDOR_LICENSE_KEY</code>, and the address of this service as{' '}
        <code>VENDOR_SERVICE_URL</code>, for <code>sotto serve --roles collector</code>. The first heartbeat
        comes within minutes, the first daily report after the end of the day in UTC.
      </p>
    </section>
  );
}
