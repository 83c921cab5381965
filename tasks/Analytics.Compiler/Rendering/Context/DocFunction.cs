using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>doc('name')</c> and <c>doc('package', 'name')</c>.</summary>
internal static class DocFunction
{
    public static HostFunction Make(RenderSession session) =>
        HostFunction.Create(
            "doc",
            args =>
            {
                var qualified = args.Positional.Count > 1;
                var package = qualified ? args.RequireText(0, "package", "doc") : null;
                var name = args.RequireText(qualified ? 1 : 0, "name", "doc");
                var docs = session.Project.Docs;
                return docs.Find(session.Package, package, name)
                    ?? throw session.Fail(
                        args,
                        args.SpanOf(qualified ? 1 : 0),
                        span => GraphDiagnostics.UnknownDoc(span, name, NearName.Find(name, docs.Names))
                    );
            }
        );
}
